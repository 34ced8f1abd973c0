"""What the pages of the money desk share: who may open them, tabs, cells."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.exceptions import RefusedError
from donations.forms.money_desk import RefusalForm
from donations.selectors.money_desk import desk_counts
from matching.models import Need, PairingAgreement
from matching.policies import holds, role_required
from matching.states import Role
from matching.views.access import me, refused, say

# An auditor reads everything and is shown no form.
readers = role_required(Role.FUND_OFFICER, Role.AUDITOR)
officers = role_required(Role.FUND_OFFICER)
Cells = list[Any]


def desk_context(request: HttpRequest, current: str) -> dict[str, Any]:
    """Return the desk's tabs, the current one marked, and whether forms are shown."""
    counts = desk_counts(me(request))
    tabs = (
        ("money_desk", _("待拨付"), counts.payouts),
        ("money_payouts", _("待复核"), counts.proposals),
        ("money_pairings", _("结对资金"), counts.pairings),
        ("money_instalments", _("结对到账"), counts.instalments),
        ("money_goods", _("物资"), counts.goods),
        ("money_events", _("待查支付事件"), counts.events),
        ("money_disputes", _("付款争议"), counts.disputes),
    )
    return {
        "tabs": [
            {"text": text, "url": reverse(name), "current": name == current, "count": count}
            for name, text, count in tabs
        ],
        "may_write": holds(request.user, Role.FUND_OFFICER),
    }


def columns(*labels: str, numeric: Sequence[int] = ()) -> list[dict[str, Any]]:
    """Return columns of a data table; ``numeric`` are indices set right."""
    return [{"label": label, "numeric": index in numeric} for index, label in enumerate(labels)]


def trail(*items: tuple[str, str]) -> list[dict[str, str]]:
    """Return breadcrumb items under the desk."""
    first = {"text": _("资金台"), "url": reverse("money_desk")}
    return [first, *({"text": text, "url": url} for text, url in items)]


def facts(pairs: Iterable[tuple[str, object]]) -> list[dict[str, object]]:
    """Return rows of a fact list, empty values left out, days as 2026-10-17."""
    return [
        {"term": term, "value": value.isoformat() if isinstance(value, date) else value}
        for term, value in pairs
        if value not in ("", None)
    ]


def place(purpose: Need | PairingAgreement) -> str:
    """Return township and village."""
    region = purpose.village.region
    return f"{region.parent.label} {region.label}" if region.parent else region.label


def as_error(error: RefusedError) -> list[dict[str, str]]:
    """Return a refusal as the only line of an error summary."""
    return [{"text": error.message, "href": ""}]


def confirmed(
    request: HttpRequest,
    act: Callable[[], object],
    *,
    page: Callable[..., HttpResponse],
    said: str,
    url: str,
) -> HttpResponse:
    """Confirm what another officer recorded; a refusal stands above the same page."""
    try:
        act()
    except RefusedError as error:
        return page(status=error.status_code, errors=as_error(error))
    say(request, said)
    return redirect(url)


def turned_down(
    request: HttpRequest,
    act: Callable[..., object],
    *,
    page: Callable[..., HttpResponse],
    said: str,
    url: str,
    prefix: str | None = None,
) -> HttpResponse:
    """Turn down what another officer recorded, with the reason of a ``RefusalForm``."""
    form, status = RefusalForm(request.POST, prefix=prefix), 400
    if form.is_valid():
        try:
            act(**form.cleaned_data)
        except RefusedError as error:
            status = refused(form, error)
        else:
            say(request, said)
            return redirect(url)
    return page(status=status, refusal_form=form)
