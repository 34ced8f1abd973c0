"""Payers' disputes: the gift is frozen while one is open and taken back where it is lost."""

from django.db import transaction

from core import audit, clock
from core.changes import announce
from core.dispatch import enqueue_on_commit
from core.money import Money
from donations import chart, task_names
from donations.books.selectors.standing import balances, refunds_reserved_minor
from donations.books.services.posting import credit, debit, post
from donations.exceptions import EventHeldError
from donations.giving.selectors.gifts import purpose_code
from donations.giving.services.entries import booking, fund_account
from donations.giving.services.moves import donation_lock, donation_move, donation_note
from donations.models import Dispute, Donation, Payment
from donations.provider.gateways import current
from donations.provider.gateways.base import DisputeOutcome, ProviderDispute
from donations.provider.services.refunds import match_back_book, match_share
from donations.provider.services.synchronising import payment_sync
from donations.states import DisputeStatus, DonationStatus, EntryKind, HeldProblem
from donations.tallies.services import tally_record
from matching.funds.services.reservations import match_reverse
from matching.models import Need
from matching.needs.services.funding import need_uncollect

STATUS = {
    DisputeOutcome.OPEN: DisputeStatus.OPEN,
    DisputeOutcome.WON: DisputeStatus.WON,
    DisputeOutcome.LOST: DisputeStatus.LOST,
}


def dispute_sync(*, dispute_id: str) -> bool:
    """Fetch a dispute and bring our record in line with it, in any order, any number of times.

    Call outside any transaction. Returns False where the payment is none of ours.

    Raises:
        EventHeldError: it is over by our record and went another way by the provider's.
        PaymentUnavailableError, PaymentRefusedError: see the gateway.
    """
    told = current().get_dispute(dispute_id)
    if not told.intent_id or not payment_sync(object_id=told.intent_id):
        return False
    # First frozen, then ended: what is frozen cannot be paid out in between.
    dispute = _opened(told)
    if told.outcome is not DisputeOutcome.OPEN:
        _ended(dispute.pk, told)
    return True


@transaction.atomic
def _opened(told: ProviderDispute) -> Dispute:
    payment = Payment.objects.filter(charge_id=told.charge_id).first()
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
    _fee_book(donation, dispute)
    if status == DisputeStatus.WON:
        donation_note(donation=donation, cause=f"dispute won {dispute.amount.decimal_text()}")
    _tell(dispute, donation, f"dispute.{status}")


def _take_back(donation: Donation, payment: Payment, dispute: Dispute) -> int:
    """Book the loss of a disputed amount; return what of it the purpose's account bore.

    What was paid out before the dispute cannot be taken from the household: it is ours
    to bear, and so is what is on its way back to another donor. The match goes back only
    as far as it is still there.
    """
    held = _held(donation)
    covered = min(dispute.amount_minor, held)
    match_back = min(dispute.match_minor, held - covered)
    key = f"stripe:{dispute.pk}:lost"
    parts = match_reverse(reference=donation.code, amount_minor=match_back) if match_back else []
    if donation.need_id and covered + match_back:
        need_uncollect(need_id=donation.need_id, amount_minor=covered + match_back)
    match_back_book(donation=donation, key=key, parts=parts)
    if donation.need_id and covered + match_back and _held(donation) < covered:
        raise EventHeldError(
            f"dispute {dispute.pk}: its account changed meanwhile", HeldProblem.PAID_OUT
        )
    payment.lost_minor += dispute.amount_minor
    payment.save(update_fields=["lost_minor", "updated_at"])
    whole = payment.gone_minor >= donation.amount_minor
    _chargeback_book(donation, dispute, key, covered=covered, whole=whole)
    cause = f"dispute lost {dispute.amount.decimal_text()}"
    if whole and donation.status == DonationStatus.COLLECTED:
        donation_move(donation=donation, to=DonationStatus.REFUNDED, cause=cause)
    else:
        donation_note(donation=donation, cause=cause)
    return covered


def _held(donation: Donation) -> int:
    """Return what is on the purpose's account and not on its way back to a donor."""
    account = fund_account(donation)
    reserved = refunds_reserved_minor(donation.need) if donation.need else 0
    return max(0, balances([account]).get(account, 0) - reserved)


def _chargeback_book(
    donation: Donation, dispute: Dispute, key: str, *, covered: int, whole: bool
) -> None:
    def money(minor: int) -> Money:
        return Money(minor, dispute.currency)

    legs = [credit(chart.STRIPE, dispute.amount)]
    if covered:
        legs.append(debit(fund_account(donation), money(covered)))
    if loss := dispute.amount_minor - covered:
        legs.append(debit(chart.LOSSES, money(loss)))
    entry = post(
        key=key,
        kind=EntryKind.CHARGEBACK,
        memo=f"付款争议退回 {purpose_code(donation)}",
        legs=legs,
        **booking(donation),
    )
    tally_record(
        entry=entry,
        campaign=donation.campaign,
        township_code=entry.township_code,
        cash_minor=-covered,
        gifts=-1 if whole else 0,
    )


def _fee_book(donation: Donation, dispute: Dispute) -> None:
    if not dispute.fee_minor:
        return
    fee = Money(dispute.fee_minor, dispute.currency)
    post(
        key=f"stripe:{dispute.pk}:fee",
        kind=EntryKind.FEE,
        memo=f"争议手续费 {purpose_code(donation)}",
        legs=[debit(chart.FEES, fee), credit(chart.STRIPE, fee)],
        **booking(donation),
    )


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
