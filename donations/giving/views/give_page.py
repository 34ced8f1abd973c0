"""What the page where a gift is made shows: amounts, and what would be matched."""

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.money import Money
from donations.giving.forms import OWN, GiveForm, amount_or_none
from donations.giving.selectors.gifts import GiveTarget
from donations.provider.gateways import taking
from matching.funds.selectors.funds import Quote, match_quote
from matching.registry.selectors.organisations import giving_organisation_id

CHIPS = [2_000, 5_000, 10_000, 20_000]
DEFAULT = 5_000
OPTIONAL = ("display_name", "is_anonymous", "message")


def blank_form(request: HttpRequest, target: GiveTarget) -> GiveForm:
    """Return an empty form; ``?amount=`` in minor units chooses one."""
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


def give_page(
    request: HttpRequest, target: GiveTarget, form: GiveForm, status: int = 200
) -> HttpResponse:
    """Show the form with today's match beside every amount it offers."""
    chips = _chips(target)
    own = organisation_id_of(request)
    quotes = {minor: quote_for(target, Money(minor, target.most.currency), own) for minor in chips}
    chosen = str(form["amount"].value() or "")
    typed = str(form["own_amount"].value() or "")
    selected = int(chosen) if chosen.isdecimal() and int(chosen) in chips else OWN
    amount = amount_or_none(chosen, typed, target)
    if amount is not None and amount.minor not in quotes:
        quotes[amount.minor] = quote_for(target, amount, own)
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


def quote_for(target: GiveTarget, amount: Money, organisation_id: int | None) -> Quote:
    """Return what the funds would add to a gift now."""
    return match_quote(
        amount=amount,
        need=target.need,
        campaign=target.campaign,
        donor_organisation_id=organisation_id,
    )


def organisation_id_of(request: HttpRequest) -> int | None:
    """Return the organisation of a signed-in giver, whose own fund is not promised to them."""
    user = request.user
    return giving_organisation_id(email=user.email, user=user) if user.is_authenticated else None


def _hint(target: GiveTarget) -> str:
    if target.need is None:
        return ""
    return _("还差 %(most)s，最少捐 %(least)s。") % {"most": target.most, "least": target.least}
