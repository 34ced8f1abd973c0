"""The money desk's part for pairings: what agreements hold, and their bank lines."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.pages import Cells, columns, confirmed, facts, me, or_404, page_of, submitted
from donations.models import Instalment
from donations.money_desk.forms import RefusalForm
from donations.money_desk.frame import (
    decision_of,
    desk_context,
    officers,
    readers,
    trail,
    turned_down,
)
from donations.offline.forms.instalments import InstalmentForm
from donations.offline.selectors import (
    agreements_with_account,
    instalment_by_id,
    instalments_decided,
    instalments_waiting,
)
from donations.offline.services.instalments import (
    instalment_confirm,
    instalment_record,
    instalment_refuse,
)
from donations.pairings.selectors import figures_of
from matching.models import Milestone, PairingAgreement
from matching.pairings.selectors import any_milestone_payable


@readers
@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """Show signed agreements with their three figures; each leads to a proposal to pay."""
    context = desk_context(request, "money_pairings")
    page = page_of(request, agreements_with_account())
    figures = figures_of(page)
    context |= {
        "page": page,
        "rows": [
            _agreement_row(row, figures[row.pk], may_write=context["may_write"]) for row in page
        ],
        "columns": columns(
            _("协议"),
            _("结对单位"),
            _("村"),
            _("承诺"),
            _("到账"),
            _("支出"),
            _("结存"),
            numeric=(3, 4, 5, 6),
        ),
    }
    return render(request, "donations/offline/agreements.html", context)


def _agreement_row(agreement: PairingAgreement, figures: Any, *, may_write: bool) -> Cells:
    text = f"{agreement.code} {agreement.label}"
    payable = may_write and figures.held.minor > 0
    url = reverse("money_payout_new", args=[agreement.code]) if payable else ""
    return [
        {"text": text, "url": url},
        agreement.organisation.label,
        agreement.village.label,
        figures.promised.format(),
        figures.arrived.format(),
        figures.spent.format(),
        figures.held.format(),
    ]


@readers
@require_safe
def instalments(request: HttpRequest) -> HttpResponse:
    """Show bank lines to confirm, and those decided."""
    page = page_of(request, instalments_decided())
    context = desk_context(request, "money_instalments") | {
        "columns": columns(
            _("银行流水号"),
            _("协议"),
            _("里程碑"),
            _("状态"),
            _("提出人"),
            _("金额"),
            numeric=(5,),
        ),
        "waiting_rows": [_row(row) for row in instalments_waiting()[:100]],
        "decided_rows": [_row(row) for row in page],
        "page": page,
    }
    return render(request, "donations/offline/instalments.html", context)


def _row(row: Instalment) -> Cells:
    agreement = row.milestone.agreement
    return [
        {"text": row.bank_reference, "url": reverse("money_instalment", args=[row.pk])},
        f"{agreement.code} {agreement.organisation.label}",
        row.milestone.label,
        row.get_status_display(),
        f"{row.proposed_by} · {row.received_on:%Y-%m-%d}",
        row.amount.format(),
    ]


@officers
@require_http_methods(["GET", "HEAD", "POST"])
def instalment_new(request: HttpRequest) -> HttpResponse:
    """Record a bank line."""
    form = InstalmentForm(request.POST or None)
    page = partial(_new_page, request, form)
    if request.method != "POST":
        return page()

    def record(*, milestone: Milestone, **line: Any) -> Instalment:
        return instalment_record(actor=me(request), milestone_id=milestone.pk, **line)

    return submitted(
        request,
        form,
        record,
        page=page,
        said=_("已登记，等另一位资金专员复核。"),
        url=lambda row: reverse("money_instalment", args=[row.pk]),
    )


def _new_page(request: HttpRequest, form: InstalmentForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "crumbs": trail((_("结对到账"), reverse("money_instalments")), (_("登记到账"), "")),
        "is_empty": not any_milestone_payable(),
    }
    return render(request, "donations/offline/instalment_new.html", context, status=status)


@readers
@require_safe
def instalment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one bank line."""
    return _page(request, _or_404(pk))


def _or_404(pk: int) -> Instalment:
    return or_404(instalment_by_id(pk))


def _page(
    request: HttpRequest, found: Instalment, *, status: int = 200, **forms: Any
) -> HttpResponse:
    agreement = found.milestone.agreement
    context = {
        "instalment": found,
        "crumbs": trail((_("结对到账"), reverse("money_instalments")), (found.bank_reference, "")),
        "facts": facts(
            [
                (_("协议"), f"{agreement.code} {agreement.label}"),
                (_("结对单位"), agreement.organisation.label),
                (_("村"), agreement.village.label),
                (_("里程碑"), found.milestone.label),
                (_("里程碑金额"), found.milestone.amount),
                (_("到账金额"), found.amount),
                (_("到账日期"), found.received_on),
                (_("状态"), found.get_status_display()),
                (_("提出人"), found.proposed_by),
                (_("复核人"), found.decided_by),
                (_("驳回理由"), found.refusal_reason),
            ]
        ),
        **decision_of(request, found),
        "refusal_form": RefusalForm(),
        "errors": [],
    } | forms
    return render(request, "donations/offline/instalment.html", context, status=status)


@officers
@require_POST
def instalment_confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a bank line and book it."""
    found = _or_404(pk)
    return confirmed(
        request,
        partial(instalment_confirm, instalment_id=found.pk, actor=me(request)),
        page=partial(_page, request, found),
        said=_("到账已复核并入账。"),
        url=reverse("money_instalment", args=[pk]),
    )


@officers
@require_POST
def instalment_refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn a recorded line down."""
    found = _or_404(pk)
    return turned_down(
        request,
        partial(instalment_refuse, instalment_id=found.pk, actor=me(request)),
        page=partial(_page, request, found),
        said=_("登记已驳回。"),
        url=reverse("money_instalment", args=[pk]),
    )
