"""Addresses of this app, within the language prefix."""

from django.urls import URLPattern, path

from search.browsing.views.need import need
from search.browsing.views.needs import needs
from search.browsing.views.villages import village

urlpatterns: list[URLPattern] = [
    path("needs/", needs, name="needs"),
    path("needs/<slug:code>/", need, name="need"),
    path("villages/<slug:code>/", village, name="village"),
]
