"""Addresses of this room, within the language prefix."""

from django.urls import URLPattern, path

from donations.books import views as ledger

urlpatterns: list[URLPattern] = [
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/export.csv", ledger.ledger_csv, name="ledger_csv"),
    path("ledger/export.jsonl", ledger.ledger_export, name="ledger_export"),
]
