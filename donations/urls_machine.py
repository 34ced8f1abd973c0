"""Addresses for machines: webhooks, board data and the API, without a language prefix."""

from django.urls import URLPattern, path

from donations.provider.webhooks import webhook
from donations.tallies.views import board

urlpatterns: list[URLPattern] = [
    path("webhooks/<slug:provider>/", webhook, name="webhook"),
    path("campaigns/<slug:slug>/board.json", board, name="board"),
]
