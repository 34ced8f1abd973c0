"""Addresses of this room, within the language prefix."""

from django.urls import URLPattern, path

from donations.giving.views import account, gift, give

urlpatterns: list[URLPattern] = [
    path("give/<slug:code>/", give.give, name="give"),
    path("give/<slug:code>/quote.json", give.quote, name="give_quote"),
    path("give/<slug:code>/gift/<slug:donation_code>/", gift.gift, name="gift"),
    path("give/<slug:code>/gift/<slug:donation_code>/status.json", gift.status, name="gift_status"),
    path("give/<slug:code>/gift/<slug:donation_code>/pay/", gift.resume, name="gift_resume"),
    path("give/<slug:code>/gift/<slug:donation_code>/cancel/", gift.cancel, name="gift_cancel"),
    path("account/", account.account, name="account"),
]
