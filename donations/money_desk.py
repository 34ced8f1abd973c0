"""What the pages of the money desk share: who may open them, tabs, cells."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.exceptions import RefusedError
from core.pages import as_error, me, refused, say
from core.two_people.models import Proposal
from core.two_people.states import ProposalStatus
from donations.models import Dispute
from donations.money_forms import RefusalForm
from donations.offline.selectors import (
    agreements_with_account,
    goods_waiting,
    instalments_waiting,
)
from donations.payouts.selectors.disbursements import disbursements_waiting, needs_to_pay
from donations.provider.selectors import events_held
from donations.states import (
    DisputeStatus,
)
from matching.registry.policies import holds, role_required
from matching.states import Role

# An auditor reads everything and is shown no form.
readers = role_required(Role.FUND_OFFICER, Role.AUDITOR)
officers = role_required(Role.FUND_OFFICER)
TONES = {
    ProposalStatus.PROPOSED: "waiting",
    ProposalStatus.CONFIRMED: "done",
    ProposalStatus.REFUSED: "stopped",
}


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


def decision_of(request: HttpRequest, found: Proposal | None) -> dict[str, bool]:
    """Return whether this person may decide on a proposal, or waits for another's decision."""
    user = me(request)
    return {
        "may_decide": found is not None
        and found.may_be_decided_by(user)
        and holds(user, Role.FUND_OFFICER),
        "is_own": found is not None and found.waits_for_others_than(user),
    }


def trail(*items: tuple[str, str]) -> list[dict[str, str]]:
    """Return breadcrumb items under the desk."""
    first = {"text": _("资金台"), "url": reverse("money_desk")}
    return [first, *({"text": text, "url": url} for text, url in items)]


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


@dataclass(frozen=True, slots=True)
class DeskCounts:
    """How many of each wait, for the tabs."""

    payouts: int
    proposals: int
    pairings: int
    instalments: int
    goods: int
    events: int
    disputes: int


def desk_counts(user: User) -> DeskCounts:
    """Return what waits; proposals and records of one's own wait for somebody else."""
    return DeskCounts(
        payouts=needs_to_pay().count(),
        proposals=disbursements_waiting().of_others(user).count(),
        pairings=agreements_with_account().count(),
        instalments=instalments_waiting().of_others(user).count(),
        goods=goods_waiting().of_others(user).count(),
        events=events_held().count(),
        disputes=Dispute.objects.filter(status=DisputeStatus.OPEN).count(),
    )
