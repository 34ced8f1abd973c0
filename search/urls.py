"""Addresses of this app, within the language prefix."""

from django.urls import URLPattern, path

from search.views.need import need
from search.views.needs import needs
from search.views.villages import village

urlpatterns: list[URLPattern] = [
    path("needs/", needs, name="needs"),
    path("needs/<slug:code>/", need, name="need"),
    path("villages/<slug:code>/", village, name="village"),
]
