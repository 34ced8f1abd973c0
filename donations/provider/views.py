"""The money desk's part for what the provider says: events to settle, disputes, refunds."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.exceptions import RefusedError
from core.money import Money
from core.pages import (
    Cells,
    as_error,
    columns,
    confirmed,
    facts,
    me,
    moment,
    or_404,
    page_of,
    say,
    submitted,
)
from donations.models import Dispute, Donation, EventSettlement, ProviderEvent, Refund
from donations.money_desk.forms import RefusalForm
from donations.money_desk.frame import (
    decision_of,
    desk_context,
    officers,
    readers,
    trail,
    turned_down,
)
from donations.provider.forms import SettlementForm
from donations.provider.selectors import (
    disputes,
    event_problem,
    event_to_settle,
    events_held,
    events_settled,
    payment_of_event,
    refunds_waiting,
    settlement_proposed,
    settlements_of,
)
from donations.provider.services.settlements import (
    event_explain,
    event_retry,
    return_confirm,
    return_propose,
    return_refuse,
)
from donations.states import DisputeStatus, EventStatus, SettlementKind
from matching.registry.policies import holds
from matching.states import Role


@readers
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """Show payment events that contradict our records, and those that were settled."""
    page = page_of(request, events_settled())
    context = desk_context(request, "money_events") | {
        "columns": columns(_("事件"), _("哪里不符"), _("类型"), _("时间"), _("状态")),
        "rows": [_row(event) for event in events_held()[:100]],
        "settled_rows": [_row(event) for event in page],
        "page": page,
    }
    return render(request, "donations/provider/events.html", context)


def _row(event: ProviderEvent) -> Cells:
    proposed = any(one.is_waiting for one in settlements_of(event))
    return [
        {"text": event.pk, "url": reverse("money_event", args=[event.pk])},
        event_problem(event).label,
        event.type,
        moment(event.created),
        _("已提出办法，待复核") if proposed else event.get_status_display(),
    ]


@readers
@require_safe
def event(request: HttpRequest, pk: str) -> HttpResponse:
    """Show one event, what is wrong and what may be done."""
    return _page(request, _or_404(pk))


def _or_404(pk: str) -> ProviderEvent:
    return or_404(event_to_settle(pk))


def _page(
    request: HttpRequest, found: ProviderEvent, *, status: int = 200, **forms: Any
) -> HttpResponse:
    proposal = settlement_proposed(found)
    may_write = holds(request.user, Role.FUND_OFFICER)
    is_open = found.status != EventStatus.SETTLED
    context = {
        "event": found,
        "problem": event_problem(found).label,
        "crumbs": trail((_("待查支付事件"), reverse("money_events")), (found.pk, "")),
        "facts": facts(_told(found)),
        "settlements": [_settled(one) for one in settlements_of(found)],
        "settlement_columns": columns(_("办法"), _("理由"), _("状态"), _("提出人"), _("复核人")),
        "may_settle": may_write and is_open and proposal is None,
        **decision_of(request, proposal),
        "settlement_form": SettlementForm(),
        "refusal_form": RefusalForm(),
        "errors": [],
    } | forms
    return render(request, "donations/provider/event.html", context, status=status)


def _told(found: ProviderEvent) -> list[tuple[str, object]]:
    payment = payment_of_event(found)
    rows: list[tuple[str, object]] = [
        (_("类型"), found.type),
        (_("对象"), found.object_id),
        (_("发生时间"), moment(found.created)),
        (_("收到时间"), moment(found.received_at)),
        (_("细节"), found.note),
    ]
    if payment is None:
        return rows
    donation = payment.donation
    back = Money(payment.refunded_minor, donation.currency)
    return [
        *rows,
        (_("收据编号"), _receipt(donation)),
        (_("用途"), donation.given_for.label),
        (_("我们记的状态"), donation.get_status_display()),
        (_("我们记的金额"), donation.amount),
        (_("我们记的退款"), back or ""),
    ]


def _receipt(donation: Donation) -> str:
    """Return the receipt's number; a gift's own code opens its giver's page."""
    receipt = getattr(donation, "receipt", None)
    return receipt.number if receipt else ""


def _settled(one: EventSettlement) -> Cells:
    status = str(one.get_status_display())
    if one.refusal_reason:
        status = f"{status}：{one.refusal_reason}"
    kind = str(one.get_kind_display())
    if one.amount_minor:
        kind = f"{kind} {Money(one.amount_minor).format()}"
    return [kind, one.reason, status, str(one.proposed_by), str(one.decided_by or "")]


@officers
@require_POST
def retry(request: HttpRequest, pk: str) -> HttpResponse:
    """Act on the event once more."""
    found = _or_404(pk)
    try:
        now = event_retry(event_id=found.pk, actor=me(request))
    except RefusedError as error:
        return _page(request, found, status=error.status_code, errors=as_error(error))
    if now.status == EventStatus.HELD:
        return _page(request, now, errors=as_error(_("重新处理后仍然不符。")))
    say(request, _("已重新处理，与我们的记录一致。"))
    return redirect("money_events")


@officers
@require_POST
def settling(request: HttpRequest, pk: str) -> HttpResponse:
    """End the event with a reason, or propose what moves money."""
    found = _or_404(pk)
    form = SettlementForm(request.POST)

    def settle(*, kind: str, reason: str) -> bool:
        moves = kind == SettlementKind.REFUND_RETURNED
        act = return_propose if moves else event_explain
        act(event_id=found.pk, actor=me(request), reason=reason)
        return moves

    return submitted(
        request,
        form,
        settle,
        page=partial(_page, request, found, settlement_form=form),
        said=lambda moves: (
            _("已提出，等另一位资金专员复核。") if moves else _("已办结，理由已记录。")
        ),
        url=reverse("money_event", args=[pk]),
    )


def _proposal_or_404(found: ProviderEvent) -> EventSettlement:
    return or_404(settlement_proposed(found))


@officers
@require_POST
def confirmation(request: HttpRequest, pk: str) -> HttpResponse:
    """Book what another fund officer proposed."""
    found = _or_404(pk)
    return confirmed(
        request,
        partial(return_confirm, settlement_id=_proposal_or_404(found).pk, actor=me(request)),
        page=partial(_page, request, found),
        said=_("已复核入账。"),
        url=reverse("money_event", args=[pk]),
    )


@officers
@require_POST
def refusal(request: HttpRequest, pk: str) -> HttpResponse:
    """Turn another fund officer's proposal down."""
    found = _or_404(pk)
    return turned_down(
        request,
        partial(return_refuse, settlement_id=_proposal_or_404(found).pk, actor=me(request)),
        page=partial(_page, request, found),
        said=_("已驳回，这条消息重新待办。"),
        url=reverse("money_event", args=[pk]),
    )


@readers
@require_safe
def disputes_page(request: HttpRequest) -> HttpResponse:
    """Show payers' disputes, and refunds whose answer is awaited: money that is frozen."""
    page = page_of(request, disputes())
    context = desk_context(request, "money_disputes") | {
        "columns": columns(
            _("争议"),
            _("收据编号"),
            _("用途"),
            _("状态"),
            _("提出时间"),
            _("举证期限"),
            _("金额"),
            numeric=(6,),
        ),
        "rows": [_dispute_row(dispute) for dispute in page],
        "refund_columns": columns(
            _("收据编号"), _("用途"), _("状态"), _("提出时间"), _("金额"), numeric=(4,)
        ),
        "refund_rows": [_refund_row(refund) for refund in refunds_waiting()[:100]],
        "page": page,
    }
    return render(request, "donations/provider/disputes.html", context)


def _dispute_row(dispute: Dispute) -> Cells:
    donation = dispute.payment.donation
    return [
        dispute.pk,
        _receipt(donation),
        donation.given_for.label,
        dispute.get_status_display(),
        moment(dispute.opened_at),
        moment(dispute.due_at) if dispute.status == DisputeStatus.OPEN else "—",
        dispute.amount.format(),
    ]


def _refund_row(refund: Refund) -> Cells:
    donation = refund.donation
    return [
        _receipt(donation) or "—",
        donation.given_for.label,
        refund.get_status_display(),
        moment(refund.created_at),
        Money(refund.amount_minor, donation.currency).format(),
    ]
