"""Addresses of this room, within the language prefix."""

from django.urls import URLPattern, path

from matching.registry import views as households

urlpatterns: list[URLPattern] = [
    path("desk/households/", households.households, name="desk_households"),
    path("desk/households/new/", households.household_new, name="desk_household_new"),
    path("desk/households/<slug:code>/", households.household, name="desk_household"),
    path(
        "desk/households/<slug:code>/identity/",
        households.household_identity,
        name="desk_household_identity",
    ),
    path(
        "desk/households/<slug:code>/consents/",
        households.household_consent,
        name="desk_household_consent",
    ),
    path(
        "desk/households/<slug:code>/consents/withdraw/",
        households.household_consent_withdraw,
        name="desk_household_consent_withdraw",
    ),
]
