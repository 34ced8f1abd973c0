"""Addresses of this app, within the language prefix: one list a room."""

from django.urls import URLResolver, include, path

urlpatterns: list[URLResolver] = [
    path("", include("donations.giving.urls")),
    path("", include("donations.receipts.urls")),
    path("", include("donations.books.urls")),
    path("", include("donations.reports.urls")),
    path("", include("donations.complaints.urls")),
    path("", include("donations.pairings.urls")),
    path("", include("donations.payouts.urls")),
    path("", include("donations.offline.urls")),
    path("", include("donations.provider.urls")),
]
