"""Addresses of this room, within the language prefix."""

from django.urls import URLPattern, path

from donations.pairings.views import desk as pairings_desk
from donations.pairings.views import partner
from donations.pairings.views import public as pairings

urlpatterns: list[URLPattern] = [
    path("pairings/", pairings.pairings, name="pairings"),
    path("pairings/<slug:code>/", pairings.pairing, name="pairing"),
    path("partner/", partner.desk, name="partner"),
    path("partner/propose/", partner.propose, name="partner_propose"),
    path("desk/pairings/", pairings_desk.desk, name="pairings_desk"),
    path("desk/pairings/<slug:code>/", pairings_desk.pairing, name="pairing_desk"),
    path("desk/pairings/<slug:code>/accept/", pairings_desk.acceptance, name="pairing_accept"),
    path("desk/pairings/<slug:code>/end/", pairings_desk.ending, name="pairing_end"),
    path("desk/pairings/<slug:code>/complete/", pairings_desk.completion, name="pairing_complete"),
    path(
        "desk/pairings/<slug:code>/steps/<int:pk>/<slug:kind>/",
        pairings_desk.step,
        name="pairing_step",
    ),
]
