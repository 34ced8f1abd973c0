"""Addresses of this app, within the language prefix: one list a room."""

from django.urls import URLResolver, include, path

urlpatterns: list[URLResolver] = [
    path("", include("matching.needs.urls")),
    path("", include("matching.registry.urls")),
]
