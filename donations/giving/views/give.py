"""The page where a gift is made."""

import uuid

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from core.exceptions import RefusedError
from core.money import Money
from core.pages import see_other
from donations.exceptions import PaymentRefusedError, PaymentUnavailableError
from donations.giving.forms import GiveForm, amount_of, submission_of
from donations.giving.selectors.gifts import GiveTarget, give_target
from donations.giving.selectors.submissions import gift_begun, target_with_room_of
from donations.giving.services.submissions import gift_submit, match_agree
from donations.giving.views.gift_page import gift_url
from donations.giving.views.give_page import (
    blank_form,
    give_page,
    organisation_id_of,
    quote_for,
)
from donations.giving.views.limits import too_many_gifts
from donations.models import Donation
from donations.provider.services.payments import gift_cancel, gift_checkout, gift_give_up
from donations.states import DonationStatus
from matching.funds.selectors.explanations import explanation_sentences
from matching.needs.selectors.needs import need_is_paused


@never_cache
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, code: str) -> HttpResponse:
    """Show the gift form; take it, reserve, and lead to the payment page."""
    target = give_target(code)
    own = _begun_before(request, target) if target and request.method == "POST" else None
    if target and own:
        target = target_with_room_of(target, own)
    if target is None or not target.is_open:
        return redirect(gift_url(own)) if own else _closed(request, code, target)
    if request.method == "GET":
        return give_page(request, target, blank_form(request, target))
    form = GiveForm(request.POST, target=target)
    if too_many_gifts(request, request.POST.get("email", "")):
        form.full_clean()
        form.add_error(None, _("短时间内提交次数太多，请过十分钟再试。"))
        return give_page(request, target, form, status=429)
    if not form.is_valid():
        return give_page(request, target, form, status=400)
    try:
        return _take(request, target, form)
    except RefusedError as refusal:
        form.add_error(None, refusal.message)
        return give_page(request, target, form, status=refusal.status_code)


def _begun_before(request: HttpRequest, target: GiveTarget) -> Donation | None:
    submission = submission_of(request.POST, target)
    return gift_begun(submission) if submission else None


def _closed(request: HttpRequest, code: str, target: GiveTarget | None) -> HttpResponse:
    if target is not None:
        return render(request, "donations/giving/closed.html", {"target": target})
    if need_is_paused(code):
        # Its own page says that it takes no gifts now.
        return redirect("need", code=code)
    raise Http404


def _take(request: HttpRequest, target: GiveTarget, form: GiveForm) -> HttpResponse:
    data = form.cleaned_data
    donation = gift_submit(
        submission=form.submission,
        cancel=gift_cancel,
        display_name=data["display_name"],
        is_anonymous=data["is_anonymous"],
        message=data.get("message", ""),
        language=get_language() or "zh-hans",
        user=request.user if request.user.is_authenticated else None,
    )
    if donation.status != DonationStatus.PENDING:
        return redirect(gift_url(donation))
    shown, accepted = form.shown.get(donation.amount_minor), data["accepted_match"]
    if not match_agree(donation=donation, shown_minor=shown, accepted_minor=accepted):
        return _confirm(request, target, form, donation, shown)
    return _checkout(request, target, form, donation)


def _checkout(
    request: HttpRequest, target: GiveTarget, form: GiveForm, donation: Donation
) -> HttpResponse:
    back = request.build_absolute_uri(gift_url(donation))
    try:
        url = gift_checkout(donation_id=donation.pk, return_url=back, cancel_url=f"{back}?back=1")
    except (PaymentUnavailableError, PaymentRefusedError) as refusal:
        if not gift_give_up(donation_id=donation.pk, cause=type(refusal).__name__):
            return redirect(gift_url(donation))
        again = _with_fresh_token(request, target)
        again.add_error(None, refusal.message)
        return give_page(request, target, again, status=refusal.status_code)
    return see_other(url)


def _with_fresh_token(request: HttpRequest, target: GiveTarget) -> GiveForm:
    """Keep what was typed under a new token: the released gift is over."""
    data = request.POST.copy()
    data["client_token"] = str(uuid.uuid4())
    data["accepted_match"] = ""
    form = GiveForm(data, target=target)
    form.full_clean()
    return form


def _confirm(
    request: HttpRequest, target: GiveTarget, form: GiveForm, donation: Donation, shown: int | None
) -> HttpResponse:
    """Show the match that is really held and ask, before any money moves."""
    match = Money(donation.promised_match_minor, donation.currency)
    kept = [
        (name, value)
        for name, value in request.POST.items()
        if name in form.fields and name != "accepted_match"
    ]
    context = {
        "target": target,
        "donation": donation,
        "match": match,
        "total": donation.amount + match,
        "held": _held(donation, match),
        "shown": None if shown is None else Money(shown, donation.currency),
        "kept": [*kept, ("accepted_match", donation.promised_match_minor)],
        "cancel_url": reverse("gift_cancel", args=[target.code, donation.code]),
    }
    status = 200 if shown is None else 409
    return render(request, "donations/giving/confirm.html", context, status=status)


def _held(donation: Donation, match: Money) -> dict:
    """Return what is held in the shape of a quote, for the same box."""
    return {"total": match, "sentences": explanation_sentences(donation.match_explanation)}


@never_cache
@require_GET
def quote(request: HttpRequest, code: str) -> HttpResponse:
    """Say what an amount would be matched by now, for the page's script."""
    target = give_target(code)
    if target is None or not target.is_open:
        raise Http404
    try:
        amount = amount_of(
            request.GET.get("amount", ""), request.GET.get("own_amount", "").strip(), target
        )
    except ValidationError as error:
        return JsonResponse({"error": error.messages[0]}, status=400)
    found = quote_for(target, amount, organisation_id_of(request))
    return JsonResponse(
        {
            "amount_minor": amount.minor,
            "match_minor": found.total.minor,
            "amount": amount.format(),
            "match": found.total.format(),
            "total": (amount + found.total).format(),
            "sentences": found.sentences,
        }
    )
