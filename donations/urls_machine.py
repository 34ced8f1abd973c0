"""Addresses for machines: webhooks, board data and the API, without a language prefix."""

from django.urls import URLPattern, path

from donations.provider.webhooks import stripe_webhook
from donations.tallies.views import board

urlpatterns: list[URLPattern] = [
    path("webhooks/stripe/", stripe_webhook, name="stripe_webhook"),
    path("campaigns/<slug:slug>/board.json", board, name="board"),
]
