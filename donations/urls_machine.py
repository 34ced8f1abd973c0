"""Addresses for machines: webhooks, board data and the API, without a language prefix."""

from django.urls import URLPattern, path

from donations.views.board import board
from donations.webhooks import stripe_webhook

urlpatterns: list[URLPattern] = [
    path("webhooks/stripe/", stripe_webhook, name="stripe_webhook"),
    path("campaigns/<slug:slug>/board.json", board, name="board"),
]
