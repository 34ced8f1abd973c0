"""The style guide's address; config includes it where STYLEGUIDE is on."""

from django.urls import path

from core.styleguide import styleguide

urlpatterns = [path("", styleguide, name="styleguide")]
