"""Addresses of this room, within the language prefix."""

from django.urls import URLPattern, path

from donations.payouts.views import deliveries
from donations.payouts.views import payouts as money_desk

urlpatterns: list[URLPattern] = [
    path("desk/deliveries/", deliveries.desk, name="deliveries_desk"),
    path("desk/deliveries/<slug:code>/", deliveries.delivery, name="delivery"),
    path("desk/money/", money_desk.desk, name="money_desk"),
    path("desk/money/payouts/", money_desk.payouts, name="money_payouts"),
    path("desk/money/payouts/new/<slug:code>/", money_desk.payout_new, name="money_payout_new"),
    path("desk/money/payouts/<slug:code>/", money_desk.payout, name="money_payout"),
    path(
        "desk/money/payouts/<slug:code>/approve/",
        money_desk.payout_approve,
        name="money_payout_approve",
    ),
    path(
        "desk/money/payouts/<slug:code>/refuse/",
        money_desk.payout_refuse,
        name="money_payout_refuse",
    ),
    path(
        "desk/money/payouts/<slug:code>/payee/", money_desk.payout_payee, name="money_payout_payee"
    ),
]
