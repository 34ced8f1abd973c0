"""Money that arrived, is on its way, or will not come: state, match, need and books at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from core import clock
from core.dispatch import enqueue_on_commit
from donations import task_names
from donations.giving.services.entries import collection_book, fee_book, payment_succeed
from donations.giving.services.gifts import match_hold_again
from donations.giving.services.moves import donation_lock, donation_move
from donations.models import Donation, Payment
from donations.states import DonationStatus, PaymentStatus
from matching.funds.services.reservations import (
    Captured,
    match_capture,
    match_extend,
    match_release,
)
from matching.needs.services.funding import need_collect, need_commit, need_release

# Bank-like methods take days; the match waits for them.
PROCESSING_LEASE = timedelta(days=7)
# A match found for late money is captured in the same transaction.
MOMENT = timedelta(minutes=1)


@transaction.atomic
def donation_collect(
    *,
    donation_id: int,
    charge_id: str,
    method: str,
    fee_minor: int | None,
    payment_id: int | None = None,
    at: datetime | None = None,
) -> Donation:
    """Record that the provider took the money: capture the match, count it, book it.

    One transaction. Collected already: only a fee that was unknown then is booked. Money
    for a gift that had expired or failed is taken with the match and room there are now;
    the donor sees the difference. ``payment_id`` None makes the attempt; ``at`` is for
    taking over gifts of the past.

    Raises:
        NeedShortfallError: late money for a need that has no room left. Nothing changed.
    """
    donation = donation_lock(donation_id=donation_id)
    if donation.status in {DonationStatus.COLLECTED, DonationStatus.REFUNDED}:
        fee_book(donation=donation, charge_id=charge_id, fee_minor=fee_minor, at=at)
        return donation
    late = donation.status != DonationStatus.PENDING
    captured = _capture(donation, late=late)
    matched = sum(part.amount_minor for part in captured)
    if donation.need_id:
        if late:
            need_commit(need_id=donation.need_id, amount_minor=donation.amount_minor)
        need_collect(need_id=donation.need_id, amount_minor=donation.amount_minor + matched)
    donation.matched_minor = matched
    donation.collected_at = at or clock.now()
    donation_move(
        donation=donation,
        to=DonationStatus.COLLECTED,
        cause=f"charge {charge_id}" + (" (late)" if late else ""),
    )
    payment = payment_succeed(
        donation=donation,
        payment_id=payment_id,
        charge_id=charge_id,
        method=method,
        fee_minor=fee_minor,
    )
    collection_book(
        donation=donation, payment=payment, captured=captured, fee_minor=fee_minor, at=at
    )
    enqueue_on_commit(
        task_names.RECEIPT_ISSUE, key=f"receipt:{donation.pk}", donation_id=donation.pk
    )
    return donation


def _capture(donation: Donation, *, late: bool) -> Sequence[Captured]:
    """Turn what is held into match; where the lease ran out, try to hold it again."""
    captured = match_capture(reference=donation.code)
    if late or sum(part.amount_minor for part in captured) < donation.promised_match_minor:
        outcome = match_hold_again(donation=donation, lease=MOMENT)
        donation.match_explanation = outcome.explanation
        captured = match_capture(reference=donation.code)
    return captured


@transaction.atomic
def payment_processing(*, payment_id: int) -> None:
    """Money is on its way and may take days: hold the match for it."""
    payment = Payment.objects.select_related("donation").get(pk=payment_id)
    donation = donation_lock(donation_id=payment.donation_id)
    if donation.status != DonationStatus.PENDING or payment.status == PaymentStatus.SUCCEEDED:
        return
    until = clock.now() + PROCESSING_LEASE
    match_extend(reference=donation.code, lease_until=until)
    Payment.objects.filter(pk=payment_id).update(
        status=PaymentStatus.PROCESSING, expires_at=until, updated_at=clock.now()
    )


def donation_expire(*, donation_id: int, cause: str = "expired") -> Donation:
    """Nobody paid in time: give match and room back, once."""
    return _let_go(donation_id, DonationStatus.EXPIRED, cause)


def donation_fail(*, donation_id: int, cause: str) -> Donation:
    """The payment did not work out: give match and room back, once."""
    return _let_go(donation_id, DonationStatus.FAILED, cause)


@transaction.atomic
def _let_go(donation_id: int, to: DonationStatus, cause: str) -> Donation:
    donation = donation_lock(donation_id=donation_id)
    if donation.status != DonationStatus.PENDING:
        return donation
    match_release(reference=donation.code)
    if donation.need_id:
        need_release(need_id=donation.need_id, amount_minor=donation.amount_minor)
    donation_move(donation=donation, to=to, cause=cause)
    donation.payments.exclude(
        status__in=[PaymentStatus.SUCCEEDED, PaymentStatus.FAILED, PaymentStatus.EXPIRED]
    ).update(
        status=PaymentStatus.EXPIRED if to == DonationStatus.EXPIRED else PaymentStatus.FAILED,
        updated_at=clock.now(),
    )
    return donation
