"""A gift's own page: what became of it, by our own record."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from core.exceptions import RefusedError
from core.pages import see_other
from donations.exceptions import MatchLostError
from donations.giving.selectors.gifts import (
    gift_by_code,
    latest_payment,
    target_of_gift,
)
from donations.giving.services.gifts import match_waive
from donations.giving.views.gift_page import gift_page, gift_url, state_of
from donations.models import Donation
from donations.provider.services.payments import gift_cancel, gift_checkout
from donations.states import DonationStatus


@never_cache
@require_GET
def gift(request: HttpRequest, code: str, donation_code: str) -> HttpResponse:
    """Show where the gift stands; the browser's arrival here proves nothing."""
    donation = _gift(code, donation_code)
    payment = latest_payment(donation)
    context = gift_page(donation, payment, came_back="back" in request.GET)
    return render(request, "donations/giving/gift.html", context)


@never_cache
@require_GET
def status(request: HttpRequest, code: str, donation_code: str) -> HttpResponse:
    """Say where the gift stands, for the page's script; it reloads when this changes."""
    donation = _gift(code, donation_code)
    payment = latest_payment(donation)
    return JsonResponse(
        {
            "state": state_of(donation, payment),
            "has_receipt": getattr(donation, "receipt", None) is not None,
        }
    )


@require_POST
def resume(request: HttpRequest, code: str, donation_code: str) -> HttpResponse:
    """Lead to the gift's payment page again; ``waive`` goes on without a match now gone."""
    donation = _gift(code, donation_code)
    back = request.build_absolute_uri(gift_url(donation))
    if request.POST.get("waive"):
        match_waive(donation_id=donation.pk, shown_minor=donation.promised_match_minor)
    try:
        url = gift_checkout(donation_id=donation.pk, return_url=back, cancel_url=f"{back}?back=1")
    except MatchLostError as refusal:
        context = {"donation": donation, "target": target_of_gift(donation), "refusal": refusal}
        return render(request, "donations/giving/match_lost.html", context, status=409)
    except RefusedError as refusal:
        messages.error(request, refusal.message)
        return redirect(f"{gift_url(donation)}?back=1")
    return see_other(url)


@require_POST
def cancel(request: HttpRequest, code: str, donation_code: str) -> HttpResponse:
    """Give the gift up at the donor's wish."""
    donation = _gift(code, donation_code)
    try:
        now = gift_cancel(donation_id=donation.pk)
    except RefusedError as refusal:
        messages.error(request, refusal.message)
    else:
        if now.status == DonationStatus.COLLECTED:
            messages.info(request, _("这笔捐赠已经付款成功，不能再取消。"))
    return redirect(gift_url(donation))


def _gift(code: str, donation_code: str) -> Donation:
    donation = gift_by_code(donation_code)
    if donation is None or code.upper() != donation.given_for.code.upper():
        raise Http404
    return donation
