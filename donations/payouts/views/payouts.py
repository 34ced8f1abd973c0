"""The money desk: what waits to be paid out, and each pay-out with its two people."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import codes
from core.money import Money
from core.pages import Cells, columns, facts, me, moment, or_404, page_of, submitted
from core.two_people.states import ProposalStatus
from donations.books.selectors.standing import balances, standing
from donations.chart import fund_of
from donations.models import Disbursement
from donations.money_desk.forms import RefusalForm
from donations.money_desk.frame import (
    TONES,
    decision_of,
    desk_context,
    officers,
    readers,
    trail,
    turned_down,
)
from donations.payouts.forms.payouts import ApprovalForm, PayoutForm
from donations.payouts.selectors.disbursements import (
    disbursement_by_code,
    disbursements_decided,
    disbursements_proposed_by,
    disbursements_waiting,
    masked_account,
    needs_to_pay,
)
from donations.payouts.selectors.sources import PayoutSource, source_by_code
from donations.payouts.services.disbursements import (
    disbursement_approve,
    disbursement_propose,
    disbursement_refuse,
    payee_open,
)
from matching.registry.policies import holds
from matching.states import Role


@readers
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show needs with arrived money that nobody has proposed to pay out."""
    context = desk_context(request, "money_desk")
    page = page_of(request, needs_to_pay())
    held = balances(fund_of(need.purpose) for need in page)
    rows = [_need_row(need, held, may_write=context["may_write"]) for need in page]
    context |= {
        "page": page,
        "rows": rows,
        "columns": columns(
            _("需求"),
            _("编号"),
            _("所在村"),
            _("状态"),
            _("账上"),
            _("还可拨付"),
            numeric=(4, 5),
        ),
    }
    return render(request, "donations/payouts/desk.html", context)


def _need_row(need: Any, held: dict[str, int], *, may_write: bool) -> Cells:
    """Return cells of a need of ``needs_to_pay``."""
    title: object = need.label
    if may_write:
        title = {"text": need.label, "url": reverse("money_payout_new", args=[need.code])}
    return [
        title,
        need.code,
        need.village.place,
        need.get_status_display(),
        Money(held.get(fund_of(need.purpose), 0), need.currency).format(),
        Money(need.unpaid_minor, need.currency).format(),
    ]


@readers
@require_safe
def payouts(request: HttpRequest) -> HttpResponse:
    """Show proposals: those for this person to check, their own, and what was decided."""
    others = disbursements_waiting().of_others(me(request))
    page = page_of(request, disbursements_decided())
    context = desk_context(request, "money_payouts") | {
        "columns": _payout_columns(),
        "waiting_rows": [_payout_row(row) for row in others[:100]],
        "own_rows": [_payout_row(row) for row in disbursements_proposed_by(me(request))],
        "decided_rows": [_payout_row(row) for row in page],
        "page": page,
    }
    return render(request, "donations/payouts/payouts.html", context)


def _payout_columns() -> list[dict[str, Any]]:
    return columns(_("编号"), _("为谁"), _("收款方"), _("状态"), _("提出"), _("金额"), numeric=(5,))


def _payout_row(payout: Disbursement) -> Cells:
    purpose = payout.paid_for
    return [
        {"text": payout.code, "url": reverse("money_payout", args=[payout.code])},
        f"{purpose.code} {purpose.label}",
        payout.get_payee_kind_display(),
        payout.get_status_display(),
        f"{payout.proposed_by} · {moment(payout.proposed_at)}",
        payout.amount.format(),
    ]


@officers
@require_http_methods(["GET", "HEAD", "POST"])
def payout_new(request: HttpRequest, code: str) -> HttpResponse:
    """Propose to pay out of a need's or an agreement's money."""
    source = or_404(source_by_code(code))
    if request.method != "POST":
        first = PayoutForm(can_end=source.can_end, initial=_first_values(source))
        return _propose_page(request, source, first)
    form = PayoutForm(request.POST, can_end=source.can_end)
    act = partial(
        disbursement_propose,
        actor=me(request),
        need_id=source.purpose.need_id,
        agreement_id=source.purpose.agreement_id,
    )
    return submitted(
        request,
        form,
        act,
        page=partial(_propose_page, request, source, form),
        said=lambda made: _("已提出拨付 %(code)s，等另一位资金专员复核。") % {"code": made.code},
        url=lambda made: reverse("money_payout", args=[made.code]),
    )


def _first_values(source: PayoutSource) -> dict[str, object]:
    available = standing(source.purpose).available
    amount = available.decimal_text() if available.minor > 0 else ""
    return {"code": codes.payout_code(), "amount": amount}


def _propose_page(
    request: HttpRequest, source: PayoutSource, form: PayoutForm, *, status: int = 200
) -> HttpResponse:
    there = standing(source.purpose)
    context = {
        "source": source,
        "form": form,
        "crumbs": trail((_("提出拨付"), "")),
        "facts": facts(
            [
                (_("编号"), source.purpose.code),
                (_("所在村"), source.place),
                (_("状态"), source.status),
                (_("账上"), there.held),
                (_("待复核"), there.pending),
                (_("还可拨付"), there.available),
            ]
        ),
    }
    return render(request, "donations/payouts/payout_new.html", context, status=status)


@never_cache
@readers
@require_safe
def payout(request: HttpRequest, code: str) -> HttpResponse:
    """Show one pay-out; its account stays masked."""
    return _payout_page(request, _payout_or_404(code))


def _payout_or_404(code: str) -> Disbursement:
    return or_404(disbursement_by_code(code))


def _payout_page(
    request: HttpRequest, found: Disbursement, *, status: int = 200, payee: str = "", **forms: Any
) -> HttpResponse:
    officer = holds(request.user, Role.FUND_OFFICER)
    context = {
        "payout": found,
        "purpose": found.paid_for,
        "tone": TONES[ProposalStatus(found.status)],
        "crumbs": trail((_("拨付"), reverse("money_payouts")), (found.code, "")),
        "facts": _payout_facts(found, payee),
        "events": _payout_events(found),
        "may_look": officer and not payee,
        **decision_of(request, found),
        "approval_form": ApprovalForm(prefix="approve"),
        "refusal_form": RefusalForm(prefix="refuse"),
    } | forms
    return render(request, "donations/payouts/payout.html", context, status=status)


def _payout_facts(found: Disbursement, payee: str) -> list[dict[str, object]]:
    purpose = found.paid_for
    there = standing(purpose.purpose)
    return facts(
        [
            (_("为谁"), f"{purpose.code} {purpose.label}"),
            (_("所在村"), purpose.village.place),
            (_("金额"), found.amount),
            (_("收款方"), found.get_payee_kind_display()),
            (_("收款账户"), payee or masked_account(found.payee)),
            (_("用途说明"), found.note),
            (_("最后一笔"), _("是，拨付后不再接受捐赠") if found.is_final else ""),
            (_("账户现有"), there.held),
            (_("银行流水号"), found.bank_reference),
            (_("驳回理由"), found.refusal_reason),
        ]
    )


def _payout_events(found: Disbursement) -> list[dict[str, object]]:
    events = [{"title": _("提出"), "who": str(found.proposed_by), "at": found.proposed_at}]
    if found.is_waiting:
        return [*events, {"title": _("等另一位资金专员复核"), "state": "current"}]
    events.append(
        {
            "title": found.get_status_display(),
            "who": str(found.decided_by),
            "at": found.decided_at,
            "state": TONES[ProposalStatus(found.status)],
            "note": found.refusal_reason,
        }
    )
    return events


@officers
@require_POST
def payout_approve(request: HttpRequest, code: str) -> HttpResponse:
    """Confirm by a bank line that the money went out."""
    found = _payout_or_404(code)
    form = ApprovalForm(request.POST, prefix="approve")
    return submitted(
        request,
        form,
        partial(disbursement_approve, disbursement_id=found.pk, actor=me(request)),
        page=lambda **more: _payout_page(request, _payout_or_404(code), approval_form=form, **more),
        said=_("拨付 %(code)s 已复核并入账。") % {"code": code},
        url=reverse("money_payout", args=[code]),
    )


@officers
@require_POST
def payout_refuse(request: HttpRequest, code: str) -> HttpResponse:
    """Turn a proposal down."""
    found = _payout_or_404(code)
    return turned_down(
        request,
        partial(disbursement_refuse, disbursement_id=found.pk, actor=me(request)),
        page=lambda **more: _payout_page(request, _payout_or_404(code), **more),
        said=_("拨付 %(code)s 已驳回。") % {"code": code},
        url=reverse("money_payout", args=[code]),
        prefix="refuse",
    )


@never_cache
@officers
@require_POST
def payout_payee(request: HttpRequest, code: str) -> HttpResponse:
    """Show the account to pay to; that it was looked at goes into the audit trail."""
    found = _payout_or_404(code)
    account = payee_open(disbursement_id=found.pk, actor=me(request))
    return _payout_page(request, found, payee=account)
