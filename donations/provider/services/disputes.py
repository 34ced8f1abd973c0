"""Payers' disputes: the gift is frozen while one is open and taken back where it is lost."""

from django.db import transaction

from core import audit, clock
from core.changes import announce
from core.dispatch import enqueue_on_commit
from core.money import Money
from donations import chart, task_names
from donations.books.selectors.standing import held_minor, refunds_reserved_minor
from donations.books.services.posting import credit, debit
from donations.exceptions import EventHeldError
from donations.giving.selectors.gifts import gift_purpose
from donations.giving.services.entries import GiftLine, fee_line, gift_book
from donations.giving.services.moves import donation_lock, donation_move, donation_note
from donations.models import Dispute, Donation, Payment
from donations.provider.gateways import named
from donations.provider.gateways.base import DisputeOutcome, ProviderDispute
from donations.provider.services.refunds import match_back_book, match_share
from donations.provider.services.synchronising import payment_sync
from donations.states import DisputeStatus, DonationStatus, EntryKind, HeldProblem
from matching.funds.services.reservations import match_reverse
from matching.models import Need
from matching.needs.services.funding import need_uncollect
from matching.purpose import Purpose

STATUS = {
    DisputeOutcome.OPEN: DisputeStatus.OPEN,
    DisputeOutcome.WON: DisputeStatus.WON,
    DisputeOutcome.LOST: DisputeStatus.LOST,
}


def dispute_sync(*, provider: str, dispute_id: str) -> bool:
    """Fetch a dispute and bring our record in line with it, in any order, any number of times.

    Call outside any transaction. Returns False where the payment is none of ours.

    Raises:
        EventHeldError: it is over by our record and went another way by the provider's.
        PaymentUnavailableError, PaymentRefusedError: see the gateway.
    """
    told = named(provider).get_dispute(dispute_id)
    if not told.intent_id or not payment_sync(provider=provider, object_id=told.intent_id):
        return False
    # First frozen, then ended: what is frozen cannot be paid out in between.
    dispute = _opened(provider, told)
    if told.outcome is not DisputeOutcome.OPEN:
        _ended(dispute.pk, told)
    return True


@transaction.atomic
def _opened(provider: str, told: ProviderDispute) -> Dispute:
    payment = Payment.objects.filter(provider=provider, charge_id=told.charge_id).first()
    if payment is None:
        raise EventHeldError(
            f"dispute {told.id}: no collected charge {told.charge_id}", HeldProblem.UNKNOWN_GIFT
        )
    donation = donation_lock(donation_id=payment.donation_id)
    payment.refresh_from_db()
    match = match_share(donation, payment.gone_minor + told.amount.minor) - match_share(
        donation, payment.gone_minor
    )
    dispute, created = Dispute.objects.get_or_create(
        id=told.id,
        defaults={
            "payment": payment,
            "amount_minor": told.amount.minor,
            "match_minor": max(0, match),
            "currency": told.amount.currency,
            "reason": told.reason,
            "opened_at": told.opened_at,
            "due_at": told.due_at,
        },
    )
    if created:
        if told.amount.currency != donation.currency:
            raise EventHeldError(
                f"dispute {told.id} is in {told.amount.currency}", HeldProblem.OTHER_AMOUNT
            )
        amount = told.amount.decimal_text()
        donation_note(donation=donation, cause=f"disputed {amount}: {told.reason}")
        _tell(dispute, donation, "dispute.opened")
    return dispute


@transaction.atomic
def _ended(dispute_id: str, told: ProviderDispute) -> None:
    """Record how it ended, once: the fee, and where it was lost the money."""
    payment_id = Dispute.objects.values_list("payment_id", flat=True).get(pk=dispute_id)
    payment = Payment.objects.get(pk=payment_id)
    donation = donation_lock(donation_id=payment.donation_id)
    payment.refresh_from_db()
    dispute = Dispute.objects.get(pk=dispute_id)
    dispute.payment = payment
    status = STATUS[told.outcome]
    if dispute.status == status:
        return
    if dispute.status != DisputeStatus.OPEN:
        raise EventHeldError(
            f"dispute {told.id} was {dispute.status}, the provider says {status}",
            HeldProblem.REOPENED,
        )
    dispute.status, dispute.closed_at, dispute.fee_minor = status, clock.now(), told.fee_minor
    if status == DisputeStatus.LOST:
        dispute.covered_minor = _take_back(donation, payment, dispute)
    dispute.save()
    _fee_book(donation, payment, dispute)
    if status == DisputeStatus.WON:
        donation_note(donation=donation, cause=f"dispute won {dispute.amount.decimal_text()}")
    _tell(dispute, donation, f"dispute.{status}")


def _take_back(donation: Donation, payment: Payment, dispute: Dispute) -> int:
    """Book the loss of a disputed amount; return what of it the purpose's account bore.

    What was paid out before the dispute cannot be taken from the household: it is ours
    to bear, and so is what is on its way back to another donor. The match goes back only
    as far as it is still there.
    """
    purpose = gift_purpose(donation)
    held = _held(purpose)
    covered = min(dispute.amount_minor, held)
    match_back = min(dispute.match_minor, held - covered)
    key = dispute.entry_key("lost")
    parts = match_reverse(reference=donation.code, amount_minor=match_back) if match_back else []
    if donation.need_id and covered + match_back:
        need_uncollect(need_id=donation.need_id, amount_minor=covered + match_back)
    match_back_book(purpose=purpose, key=key, parts=parts)
    if donation.need_id and covered + match_back and _held(purpose) < covered:
        raise EventHeldError(
            f"dispute {dispute.pk}: its account changed meanwhile", HeldProblem.PAID_OUT
        )
    payment.lost_minor += dispute.amount_minor
    payment.save(update_fields=["lost_minor", "updated_at"])
    whole = payment.gone_minor >= donation.amount_minor
    line = _chargeback_line(payment, purpose, dispute, key, covered=covered, whole=whole)
    gift_book(purpose=purpose, lines=[line])
    cause = f"dispute lost {dispute.amount.decimal_text()}"
    if whole and donation.status == DonationStatus.COLLECTED:
        donation_move(donation=donation, to=DonationStatus.REFUNDED, cause=cause)
    else:
        donation_note(donation=donation, cause=cause)
    return covered


def _held(purpose: Purpose) -> int:
    """Return what is on the purpose's account and not on its way back to a donor."""
    return max(0, held_minor(purpose) - refunds_reserved_minor(purpose))


def _chargeback_line(
    payment: Payment, purpose: Purpose, dispute: Dispute, key: str, *, covered: int, whole: bool
) -> GiftLine:
    def money(minor: int) -> Money:
        return Money(minor, dispute.currency)

    legs = [credit(payment.account, dispute.amount)]
    if covered:
        legs.append(debit(chart.fund_of(purpose), money(covered)))
    if loss := dispute.amount_minor - covered:
        legs.append(debit(chart.LOSSES, money(loss)))
    return GiftLine(
        key,
        EntryKind.CHARGEBACK,
        "付款争议退回",
        legs,
        cash_minor=-covered,
        gifts=-1 if whole else 0,
    )


def _fee_book(donation: Donation, payment: Payment, dispute: Dispute) -> None:
    if not dispute.fee_minor:
        return
    fee = Money(dispute.fee_minor, dispute.currency)
    key = dispute.entry_key("fee")
    line = fee_line(payment=payment, key=key, fee=fee, words="争议手续费")
    gift_book(purpose=gift_purpose(donation), lines=[line])


def _tell(dispute: Dispute, donation: Donation, action: str) -> None:
    audit.record(
        actor=None,
        action=action,
        object_label="donations.dispute",
        object_ref=dispute.pk,
        amount_minor=dispute.amount_minor,
    )
    if donation.need_id:
        announce(Need, donation.need_id)
    enqueue_on_commit(task_names.DISPUTE_TELL, dispute_id=dispute.pk, status=str(dispute.status))
