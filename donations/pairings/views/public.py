"""Pairings as the public sees them: promised, arrived and spent, each apart."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.pages import columns, crumbs, facts, options, or_404, page_of
from donations.models import Disbursement, Instalment
from donations.pairings.selectors import (
    arrived_by_milestone,
    figures_of,
    instalments_arrived,
    pairing_figures,
    spendings,
)
from matching.models import Milestone, MilestoneEvent, PairingAgreement, Region
from matching.pairings.selectors import (
    agreement_public,
    agreements_public,
    moves_of,
    regions_with_agreements,
    steps_of,
)
from matching.states import AgreementStatus, MilestoneStatus

TONES = {
    AgreementStatus.PROPOSED: "waiting",
    AgreementStatus.ACTIVE: "active",
    AgreementStatus.COMPLETED: "done",
    AgreementStatus.ENDED: "stopped",
}


@require_safe
def pairings(request: HttpRequest) -> HttpResponse:
    """List signed agreements with their three figures, in a region if one is chosen."""
    regions = regions_with_agreements()
    chosen = next((row for row in regions if row.code == request.GET.get("region")), None)
    page = page_of(request, agreements_public(chosen))
    figures = figures_of(page)
    context = {
        "page": page,
        "entries": [{"agreement": row, "figures": figures[row.pk]} for row in page],
        "regions": _options(regions, chosen),
        "query": f"region={chosen.code}" if chosen else "",
    }
    return render(request, "donations/pairings/list.html", context)


def _options(regions: list[Region], chosen: Region | None) -> list[dict[str, Any]]:
    pairs = [("", _("全部地区")), *((row.code, row.label) for row in regions)]
    return options(pairs, chosen.code if chosen else "")


@require_safe
def pairing(request: HttpRequest, code: str) -> HttpResponse:
    """Show one signed agreement: its steps, what arrived and what it was spent on."""
    agreement = or_404(agreement_public(code))
    context = agreement_context(agreement) | {
        "crumbs": crumbs((_("结对帮扶"), reverse("pairings")), (agreement.label, ""))
    }
    return render(request, "donations/pairings/detail.html", context)


def agreement_context(agreement: PairingAgreement) -> dict[str, Any]:
    """Return what the public page and the desk's page both show of an agreement."""
    arrived = arrived_by_milestone(agreement)
    return {
        "agreement": agreement,
        "tone": TONES[AgreementStatus(agreement.status)],
        "figures": pairing_figures(agreement),
        "facts": _agreement_facts(agreement),
        "events": [_step(row, arrived.get(row.pk, 0)) for row in steps_of(agreement)],
        "instalment_columns": columns(_("到账日期"), _("里程碑"), _("金额"), numeric=(2,)),
        "instalment_rows": [_instalment(row) for row in instalments_arrived(agreement)],
        "spending_columns": columns(_("日期"), _("用途"), _("收款方"), _("金额"), numeric=(3,)),
        "spending_rows": [_spending(row) for row in spendings(agreement)],
    }


def _agreement_facts(agreement: PairingAgreement) -> list[dict[str, object]]:
    village = agreement.village
    rows = facts(
        [
            (_("结对单位"), agreement.organisation.label),
            (_("期限"), f"{agreement.starts_on:%Y-%m-%d} – {agreement.ends_on:%Y-%m-%d}"),
            (_("签订日期"), agreement.signed_on),
            (_("终结日期"), agreement.closed_on),
            (_("终结说明"), agreement.closing_note),
        ]
    )
    where: dict[str, object] = {
        "term": _("结对的村"),
        "value": agreement.village.place,
        "url": reverse("village", args=[village.code]),
    }
    return [rows[0], where, *rows[1:]]


def _step(milestone: Milestone, arrived: int) -> dict[str, object]:
    """Return a step for the timeline; roles are told, never names."""
    states = {
        MilestoneStatus.PLANNED: "todo",
        MilestoneStatus.REPORTED: "current",
        MilestoneStatus.APPROVED: "done",
    }
    events = moves_of(milestone)
    lines = [
        _("%(due)s 到期 · 金额 %(amount)s · 已到账 %(arrived)s")
        % {
            "due": f"{milestone.due_on:%Y-%m-%d}",
            "amount": milestone.amount,
            "arrived": type(milestone.amount)(arrived, milestone.amount.currency),
        }
    ]
    lines += [_said(event) for event in events if event.note]
    return {
        "title": f"{milestone.label} · {milestone.get_status_display()}",
        "at": events[-1].at if events else None,
        "note": " · ".join(lines),
        "state": states[MilestoneStatus(milestone.status)],
    }


def _said(event: MilestoneEvent) -> str:
    if event.new_status == MilestoneStatus.PLANNED:
        return _("退回：%(note)s") % {"note": event.note}
    return event.note


def _instalment(row: Instalment) -> list[str]:
    return [f"{row.received_on:%Y-%m-%d}", row.milestone.label, row.amount.format()]


def _spending(row: Disbursement) -> list[str]:
    return [
        f"{row.decided_at:%Y-%m-%d}",
        row.note,
        row.get_payee_kind_display(),
        row.amount.format(),
    ]
