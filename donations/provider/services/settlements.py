"""Settling what the provider says against our record: with a reason, by two if money moves."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, clock
from core.accounts.models import User
from core.money import Money
from core.two_people.services import decide, propose, require_other_person, require_waiting
from core.two_people.states import ProposalStatus
from donations import chart
from donations.books.services.posting import credit, debit, post
from donations.exceptions import SettlementRefusedError
from donations.giving.services.moves import donation_lock, donation_note
from donations.models import EventSettlement, Payment, ProviderEvent
from donations.provider.gateways import named
from donations.provider.selectors import events_held, payment_of_event
from donations.provider.services.inbox import event_process
from donations.states import EntryKind, EventStatus, PaymentStatus, SettlementKind
from matching.registry import policies
from matching.states import Role


def event_retry(*, event_id: str, actor: User) -> ProviderEvent:
    """Act on a held event once more, as if it had just come; recorded.

    Call outside any transaction.

    Raises:
        RoleMissingError: not a fund officer.
        PaymentUnavailableError: the provider did not answer. Nothing has changed.
    """
    policies.require(actor, Role.FUND_OFFICER)
    event = event_process(event_id=event_id)
    _record(event, actor, "event.retried", status=event.status)
    return event


@transaction.atomic
def event_explain(*, event_id: str, actor: User, reason: str) -> EventSettlement:
    """End a held event that calls for no change of the books, with the reason on record.

    Nothing moves, so nobody else decides: the settlement is over without a decider.

    Raises:
        RoleMissingError: not a fund officer.
        SettlementRefusedError: settled or worked off already, or no reason. Nothing has
            changed.
    """
    policies.require(actor, Role.FUND_OFFICER)
    event = _open_event(event_id, reason)
    settlement = propose(
        model=EventSettlement,
        actor=actor,
        event=event,
        kind=SettlementKind.EXPLAINED,
        reason=reason.strip(),
        status=ProposalStatus.CONFIRMED,
    )
    _settled(event)
    _record(event, actor, "event.explained")
    return settlement


def return_propose(*, event_id: str, actor: User, reason: str) -> EventSettlement:
    """Propose to book a refund that the bank sent back, by the provider's figures of now.

    Call outside any transaction. Another fund officer confirms it.

    Raises:
        RoleMissingError: not a fund officer.
        SettlementRefusedError: nothing came back, or settled already. Nothing has changed.
        PaymentUnavailableError: the provider did not answer. Nothing has changed.
    """
    policies.require(actor, Role.FUND_OFFICER)
    _payment, came_back = _came_back(event_id)
    with transaction.atomic():
        event = _open_event(event_id, reason)
        settlement = propose(
            model=EventSettlement,
            actor=actor,
            event=event,
            kind=SettlementKind.REFUND_RETURNED,
            reason=reason.strip(),
            amount_minor=came_back,
        )
        _record(event, actor, "event.return_proposed", amount_minor=came_back)
    return settlement


def return_confirm(*, settlement_id: int, actor: User) -> EventSettlement:
    """Book a refund that came back, once, if the provider still says the same.

    Its money stays the donor's: it is held under ``funds:returned`` until it is paid to
    them another way. Call outside any transaction.

    Raises:
        RoleMissingError, SamePersonError: not a fund officer, or the one who proposed it;
            superusers are no exception.
        AlreadyDecidedError: decided already.
        SettlementRefusedError: the provider's figures have changed.
        PaymentUnavailableError: the provider did not answer. Nothing has changed.
    """
    policies.require(actor, Role.FUND_OFFICER)
    proposal = EventSettlement.objects.get(pk=settlement_id)
    require_other_person(actor=actor, proposers=[proposal.proposed_by_id])
    payment, came_back = _came_back(proposal.event_id)
    if came_back != proposal.amount_minor:
        raise SettlementRefusedError(_("支付平台的金额已有变化。请驳回后重新提出。"))
    with transaction.atomic():
        settlement = _waiting(settlement_id)
        donation = donation_lock(donation_id=payment.donation_id)
        asked, payment = payment, Payment.objects.get(pk=payment.pk)
        if _sums(payment) != _sums(asked):
            # Booked meanwhile by another event about the same money.
            raise SettlementRefusedError(_("支付平台的金额已有变化。请驳回后重新提出。"))
        amount = Money(settlement.amount_minor, donation.currency)
        payment.returned_minor += amount.minor
        payment.save(update_fields=["returned_minor", "updated_at"])
        post(
            key=payment.entry_key(f"returned:{payment.returned_minor}"),
            kind=EntryKind.REFUND_RETURNED,
            memo=f"退款被银行退回 {donation.given_for.code}",
            legs=[debit(payment.account, amount), credit(chart.RETURNED, amount)],
        )
        donation_note(
            donation=donation, cause=f"refund came back {amount.decimal_text()}", actor=actor
        )
        decide(proposal=settlement, actor=actor, to=ProposalStatus.CONFIRMED)
        event = ProviderEvent.objects.select_for_update(no_key=True).get(pk=settlement.event_id)
        _settled(event)
        _record(event, actor, "event.return_booked", amount_minor=amount.minor)
    return settlement


@transaction.atomic
def return_refuse(*, settlement_id: int, actor: User, reason: str) -> EventSettlement:
    """Turn a proposal down with a reason; the event waits again.

    Raises: as ``return_confirm``, and ``ReasonMissingError``.
    """
    policies.require(actor, Role.FUND_OFFICER)
    settlement = _waiting(settlement_id)
    decide(proposal=settlement, actor=actor, to=ProposalStatus.REFUSED, reason=reason)
    _record(settlement.event, actor, "event.return_refused")
    return settlement


def _open_event(event_id: str, reason: str) -> ProviderEvent:
    event = ProviderEvent.objects.select_for_update(no_key=True).get(pk=event_id)
    if not events_held().filter(pk=event.pk).exists():
        raise SettlementRefusedError(_("这条消息已经处理过。"))
    if event.settlements.waiting().exists():
        raise SettlementRefusedError(_("这条消息已有人提出办法，等待复核。"))
    if not reason.strip():
        raise SettlementRefusedError(_("请写明理由。"))
    return event


def _came_back(event_id: str) -> tuple[Payment, int]:
    """Return the attempt and what banks sent back of its refunds and is not booked yet."""
    event = ProviderEvent.objects.get(pk=event_id)
    payment = payment_of_event(event)
    if payment is None or payment.status != PaymentStatus.SUCCEEDED or not payment.intent_id:
        raise SettlementRefusedError(_("这条消息说的不是我们已到账的付款，不能这样入账。"))
    charge = named(payment.provider).get_intent(payment.intent_id).charge
    told = charge.refunded_minor if charge else 0
    came_back = payment.refunded_minor - payment.returned_minor - told
    if came_back <= 0:
        raise SettlementRefusedError(_("支付平台没有退回的款项，不用入账。请重新处理这条消息。"))
    return payment, came_back


def _sums(payment: Payment) -> tuple[int, int]:
    return payment.refunded_minor, payment.returned_minor


def _waiting(settlement_id: int) -> EventSettlement:
    # Event before settlement, everywhere.
    event_id = EventSettlement.objects.values_list("event_id", flat=True).get(pk=settlement_id)
    ProviderEvent.objects.select_for_update(no_key=True).get(pk=event_id)
    settlement = EventSettlement.objects.select_for_update(no_key=True).get(pk=settlement_id)
    require_waiting(proposal=settlement)
    return settlement


def _settled(event: ProviderEvent) -> None:
    event.status, event.processed_at = EventStatus.SETTLED, clock.now()
    event.save(update_fields=["status", "processed_at"])


def _record(event: ProviderEvent, actor: User, action: str, **detail: int | str) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_label="donations.providerevent",
        object_ref=event.pk[:80],
        **detail,
    )
