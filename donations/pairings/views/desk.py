"""An agreement as its people work with it: accept, report, approve, end, complete."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.pages import ErrorLink, columns, confirmed, crumbs, me, or_404, page_of, submitted
from donations.pairings.forms import ApproveStepForm, CloseForm, ReportForm, SendBackForm
from donations.pairings.selectors import PairingFigures, figures_of
from donations.pairings.views.public import agreement_context
from matching.models import Milestone, PairingAgreement
from matching.pairings.selectors import (
    agreement_for,
    agreements_to_decide,
    agreements_to_work_with,
    moves_of,
    steps_of,
)
from matching.pairings.services import (
    agreement_accept,
    agreement_complete,
    agreement_end,
    may_decide,
    may_end,
    may_report,
    milestone_approve,
    milestone_report,
    milestone_send_back,
)
from matching.registry.policies import role_required
from matching.states import AgreementStatus, MilestoneStatus, Role

ACTING = (Role.COUNTY_APPROVER, Role.VILLAGE_OFFICER, Role.PARTNER)
readers = role_required(*ACTING, Role.FUND_OFFICER, Role.AUDITOR)
actors = role_required(*ACTING)


@readers
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show agreements that wait for this person, and all they work with."""
    page = page_of(request, agreements_to_work_with(request.user))
    waiting = list(agreements_to_decide(me(request))[:100])
    figures = figures_of([*page, *waiting])
    context = {
        "columns": columns(
            _("协议"),
            _("结对单位"),
            _("村"),
            _("状态"),
            _("里程碑"),
            _("承诺"),
            _("到账"),
            _("支出"),
            numeric=(4, 5, 6, 7),
        ),
        "waiting_rows": [agreement_row(row, figures[row.pk]) for row in waiting],
        "rows": [agreement_row(row, figures[row.pk]) for row in page],
        "page": page,
    }
    return render(request, "donations/pairings/desk.html", context)


def agreement_row(agreement: Any, figures: PairingFigures) -> list[object]:
    """Return cells of an agreement of ``matching.pairings.selectors``, linked to its page."""
    return [
        {
            "text": f"{agreement.code} {agreement.label}",
            "url": reverse("pairing_desk", args=[agreement.code]),
        },
        agreement.organisation.label,
        agreement.village.label,
        agreement.get_status_display(),
        f"{agreement.steps_done}/{agreement.steps}",
        figures.promised.format(),
        figures.arrived.format(),
        figures.spent.format(),
    ]


@readers
@require_safe
def pairing(request: HttpRequest, code: str) -> HttpResponse:
    """Show one agreement to those who work with it."""
    return _page(request, _or_404(request, code))


def _or_404(request: HttpRequest, code: str) -> PairingAgreement:
    return or_404(agreement_for(request.user, code))


def _page(
    request: HttpRequest, agreement: PairingAgreement, *, status: int = 200, **given: Any
) -> HttpResponse:
    """Render an agreement with the forms this person may use; those given stand in."""
    decides = may_decide(agreement=agreement, user=me(request))
    reports = may_report(agreement=agreement, user=me(request))
    is_active = agreement.status == AgreementStatus.ACTIVE
    steps = steps_of(agreement)
    bound: dict[int, dict[str, forms.Form]] = given.pop("bound", {})
    context: dict[str, Any] = (
        agreement_context(agreement)
        | {
            "crumbs": crumbs((_("结对办理"), reverse("pairings_desk")), (agreement.code, "")),
            "may_accept": decides and agreement.may_be_decided_by(me(request)),
            "may_end": may_end(agreement=agreement, user=me(request)),
            "may_complete": decides
            and is_active
            and all(step.status == MilestoneStatus.APPROVED for step in steps),
            "steps": [
                _step(step, me(request).pk, decides, reports, bound.get(step.pk, {}))
                for step in steps
            ]
            if is_active
            else [],
            "close_form": CloseForm(prefix="close"),
            "errors": [],
        }
        | given
    )
    context["steps"] = [step for step in context["steps"] if step["forms"]]
    return render(request, "donations/pairings/working.html", context, status=status)


def _step(
    step: Milestone,
    user_id: int | None,
    decides: bool,
    reports: bool,
    bound: dict[str, forms.Form],
) -> dict[str, Any]:
    """Return the forms that move a step on or back, if this person may use them."""
    reported = any(
        event.actor_id == user_id and event.new_status == MilestoneStatus.REPORTED
        for event in moves_of(step)
    )
    kinds: list[str] = []
    if step.status == MilestoneStatus.PLANNED and reports:
        kinds = ["report"]
    elif step.status == MilestoneStatus.REPORTED and decides and not reported:
        kinds = ["approve", "back"]
    return {
        "milestone": step,
        "forms": [
            {
                "kind": kind,
                "form": bound.get(kind) or STEPS[kind][0](prefix=f"{kind}-{step.pk}"),
                "url": reverse("pairing_step", args=[step.agreement.code, step.pk, kind]),
            }
            for kind in kinds
        ],
    }


def _again(request: HttpRequest, code: str, **given: Any) -> Callable[..., HttpResponse]:
    """Return the agreement's page, to be shown as the agreement stands by then."""

    def show(**more: Any) -> HttpResponse:
        return _page(request, _or_404(request, code), **given, **more)

    return show


@actors
@require_POST
def acceptance(request: HttpRequest, code: str) -> HttpResponse:
    """Sign for the county."""
    agreement = _or_404(request, code)
    return confirmed(
        request,
        partial(agreement_accept, agreement_id=agreement.pk, actor=me(request)),
        page=_again(request, code),
        said=_("协议已接受，今天起生效。"),
        url=reverse("pairing_desk", args=[code]),
    )


@actors
@require_POST
def completion(request: HttpRequest, code: str) -> HttpResponse:
    """Record that everything promised was done."""
    agreement = _or_404(request, code)
    return confirmed(
        request,
        partial(agreement_complete, agreement_id=agreement.pk, actor=me(request)),
        page=_again(request, code),
        said=_("协议已办结。"),
        url=reverse("pairing_desk", args=[code]),
    )


@actors
@require_POST
def ending(request: HttpRequest, code: str) -> HttpResponse:
    """End an agreement early, or turn a proposal down."""
    agreement = _or_404(request, code)
    form = CloseForm(request.POST, prefix="close")
    return submitted(
        request,
        form,
        partial(agreement_end, agreement_id=agreement.pk, actor=me(request)),
        page=_again(request, code, close_form=form),
        said=_("协议已终止。"),
        url=reverse("pairing_desk", args=[code]),
    )


STEPS = {
    "report": (ReportForm, milestone_report),
    "approve": (ApproveStepForm, milestone_approve),
    "back": (SendBackForm, milestone_send_back),
}


@actors
@require_POST
def step(request: HttpRequest, code: str, pk: int, kind: str) -> HttpResponse:
    """Report a step, approve a reported one, or send it back."""
    agreement = _or_404(request, code)
    if kind not in STEPS or all(row.pk != pk for row in steps_of(agreement)):
        raise Http404
    form_class, service = STEPS[kind]
    form = form_class(request.POST, prefix=f"{kind}-{pk}")

    def again(*, status: int) -> HttpResponse:
        # A refused step may have left the page with its form.
        errors = [ErrorLink(str(message)) for message in form.non_field_errors()]
        bound = {pk: {kind: form}}
        return _page(request, _or_404(request, code), status=status, bound=bound, errors=errors)

    done = {
        "report": _("里程碑已上报，等县级审定员确认。"),
        "approve": _("里程碑已确认。"),
        "back": _("里程碑已退回，理由已公开。"),
    }
    return submitted(
        request,
        form,
        partial(service, milestone_id=pk, actor=me(request)),
        page=again,
        said=done[kind],
        url=reverse("pairing_desk", args=[code]),
    )
