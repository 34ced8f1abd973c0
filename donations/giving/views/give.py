"""The page where a gift is made."""

import uuid
from contextlib import suppress
from dataclasses import replace

from django.conf import settings
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
from donations.exceptions import PaymentRefusedError, PaymentUnavailableError
from donations.giving.forms import OWN, GiveForm, amount_of, token_for
from donations.giving.selectors.gifts import GiveTarget, give_target
from donations.giving.services.gifts import gift_start, match_waive
from donations.giving.views.limits import too_many_gifts
from donations.models import Donation
from donations.provider.gateways import taking
from donations.provider.services.payments import gift_cancel, gift_checkout, gift_give_up
from donations.states import DonationStatus
from matching.funds.selectors.explanations import explanation_sentences
from matching.funds.selectors.funds import Quote, match_quote
from matching.needs.selectors.needs import need_is_paused
from matching.registry.selectors.organisations import giving_organisation_id
from matching.states import NeedStatus

CHIPS = [2_000, 5_000, 10_000, 20_000]
DEFAULT = 5_000
OPTIONAL = ("display_name", "is_anonymous", "message")


@never_cache
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, code: str) -> HttpResponse:
    """Show the gift form; take it, reserve, and lead to the payment page."""
    target = give_target(code)
    own = _own_gift(request, target) if target and request.method == "POST" else None
    if target and own:
        target = _with_room_of(target, own)
    if target is None or not target.is_open:
        return redirect(gift_url(own)) if own else _closed(request, code, target)
    if request.method == "GET":
        return _page(request, target, _blank_form(request, target))
    form = GiveForm(request.POST, target=target)
    if too_many_gifts(request, request.POST.get("email", "")):
        form.full_clean()
        form.add_error(None, _("短时间内提交次数太多，请过十分钟再试。"))
        return _page(request, target, form, status=429)
    if not form.is_valid():
        return _page(request, target, form, status=400)
    try:
        return _take(request, target, form)
    except RefusedError as refusal:
        form.add_error(None, refusal.message)
        return _page(request, target, form, status=refusal.status_code)


def _own_gift(request: HttpRequest, target: GiveTarget) -> Donation | None:
    """Return the gift to a need that this very form began when it was sent before."""
    if target.need is None:
        return None
    try:
        tokens = [uuid.UUID(request.POST.get("client_token", ""))]
    except ValueError:
        return None
    typed = request.POST.get("amount", ""), request.POST.get("own_amount", "").strip()
    with suppress(ValidationError):
        largest = replace(target, most=Money(taking().largest_minor, target.most.currency))
        email = request.POST.get("email", "").strip()
        tokens.append(token_for(tokens[0], target.code, amount_of(*typed, largest), email))
    gifts = Donation.objects.select_related("need", "campaign")
    return gifts.filter(client_token__in=tokens, need=target.need).order_by("-pk").first()


def _with_room_of(target: GiveTarget, own: Donation) -> GiveTarget:
    """Count in the room that the form's own gift holds: it may have been the need's last."""
    if (
        target.need is None
        or target.need.status != NeedStatus.PUBLISHED
        or own.status != DonationStatus.PENDING
    ):
        return target
    return replace(target, is_open=True, most=target.most + own.amount)


def _closed(request: HttpRequest, code: str, target: GiveTarget | None) -> HttpResponse:
    if target is not None:
        return render(request, "donations/giving/closed.html", {"target": target})
    if need_is_paused(code):
        # Its own page says that it takes no gifts now.
        return redirect("need", code=code)
    raise Http404


def _take(request: HttpRequest, target: GiveTarget, form: GiveForm) -> HttpResponse:
    donation = _start(request, target, form)
    if donation.status != DonationStatus.PENDING:
        return redirect(gift_url(donation))
    promised = donation.promised_match_minor
    shown = form.shown.get(donation.amount_minor)
    if shown is None or promised < shown:
        if form.cleaned_data["accepted_match"] != promised:
            return _confirm(request, target, form, donation, shown)
        if shown is not None:
            match_waive(donation_id=donation.pk, shown_minor=shown)
    return _checkout(request, target, form, donation)


def _start(request: HttpRequest, target: GiveTarget, form: GiveForm) -> Donation:
    data = form.cleaned_data
    token, amount, email = data["client_token"], data["gift"], data["email"]
    first = (
        Donation.objects.select_related("donor", "need", "campaign")
        .filter(client_token=token)
        .first()
    )
    if first is not None and not _is_same(first, target, amount, email):
        # Reached by «back» and changed: the first wish steps aside for the new one.
        if first.status == DonationStatus.PENDING:
            gift_cancel(donation_id=first.pk)
        token = token_for(token, target.code, amount, email)
    return gift_start(
        client_token=token,
        need_code=target.code if target.need else "",
        campaign_slug="" if target.need else target.code,
        amount=amount,
        email=email,
        display_name=data["display_name"],
        is_anonymous=data["is_anonymous"],
        message=data.get("message", ""),
        language=get_language() or "zh-hans",
        user=request.user if request.user.is_authenticated else None,
    )


def _is_same(first: Donation, target: GiveTarget, amount: Money, email: str) -> bool:
    return (
        first.amount == amount
        and first.given_for.code == target.code
        and first.donor.email.casefold() == email.casefold()
    )


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
        return _page(request, target, again, status=refusal.status_code)
    response = redirect(url)
    response.status_code = 303
    return response


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


def _blank_form(request: HttpRequest, target: GiveTarget) -> GiveForm:
    chips = _chips(target)
    wanted = request.GET.get("amount", "")
    chosen = str(_default(chips)) if chips else OWN
    typed = ""
    if wanted.isascii() and wanted.isdecimal() and int(wanted) in chips:
        chosen = wanted
    elif wanted.isascii() and wanted.isdecimal():
        chosen, typed = OWN, Money(int(wanted[:12]), target.most.currency).decimal_text()
    user = request.user
    return GiveForm(
        target=target,
        initial={
            "client_token": uuid.uuid4(),
            "amount": chosen,
            "own_amount": typed,
            "email": user.email if user.is_authenticated else "",
        },
    )


def _page(
    request: HttpRequest, target: GiveTarget, form: GiveForm, status: int = 200
) -> HttpResponse:
    chips = _chips(target)
    own = _organisation_id(request)
    quotes = {minor: _quote(target, Money(minor, target.most.currency), own) for minor in chips}
    chosen = str(form["amount"].value() or "")
    typed = str(form["own_amount"].value() or "")
    selected = int(chosen) if chosen.isdecimal() and int(chosen) in chips else OWN
    amount = _amount_or_none(chosen, typed, target)
    if amount is not None and amount.minor not in quotes:
        quotes[amount.minor] = _quote(target, amount, own)
    quote = quotes[amount.minor] if amount else None
    shown = {minor: found.total.minor for minor, found in quotes.items()}
    context = {
        "target": target,
        "form": form,
        "chips": chips,
        "selected": selected,
        "typed": typed,
        "amount_error": next(iter(form.errors.get("amount", [])), ""),
        "quotes": [
            (Money(minor, target.most.currency), found.total) for minor, found in quotes.items()
        ],
        "quote": quote,
        "amount": amount,
        "total": amount + quote.total if amount and quote else None,
        "amount_hint": _hint(target),
        "show_more": any(
            form[name].value() or form[name].errors for name in OPTIONAL if name in form.fields
        ),
        "provider": taking().label,
        "methods": taking().methods,
        "lease_minutes": settings.MATCH_LEASE_SECONDS // 60,
        "shown_match": ",".join(f"{minor}:{match}" for minor, match in shown.items()),
    }
    return render(request, "donations/giving/give.html", context, status=status)


def _chips(target: GiveTarget) -> list[int]:
    """Amounts offered: those that fit, and all that is missing where that is little."""
    fitting = [minor for minor in CHIPS if minor <= target.most.minor]
    if target.need is not None and target.most.minor < CHIPS[-1]:
        fitting = sorted({*fitting, target.most.minor})
    return fitting


def _default(chips: list[int]) -> int:
    return DEFAULT if DEFAULT in chips else chips[-1]


def _quote(target: GiveTarget, amount: Money, organisation_id: int | None) -> Quote:
    return match_quote(
        amount=amount,
        need=target.need,
        campaign=target.campaign,
        donor_organisation_id=organisation_id,
    )


def _organisation_id(request: HttpRequest) -> int | None:
    """Return the organisation of a signed-in giver, whose own fund is not promised to them."""
    user = request.user
    return giving_organisation_id(email=user.email, user=user) if user.is_authenticated else None


def _amount_or_none(chosen: str, typed: str, target: GiveTarget) -> Money | None:
    try:
        return amount_of(chosen, typed, target)
    except ValidationError:
        return None


def _hint(target: GiveTarget) -> str:
    if target.need is None:
        return ""
    return _("还差 %(most)s，最少捐 %(least)s。") % {"most": target.most, "least": target.least}


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
    found = _quote(target, amount, _organisation_id(request))
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


def gift_url(donation: Donation) -> str:
    """Return the address of a gift's own page."""
    return reverse("gift", args=[donation.given_for.code, donation.code])
