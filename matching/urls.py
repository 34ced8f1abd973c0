"""Addresses of this app, within the language prefix."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
