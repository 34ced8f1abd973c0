"""Addresses for machines: webhooks, board data and the API, without a language prefix."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
