"""Money sent back, in full or in part, booked from the provider's record."""

from collections.abc import Sequence

from django.db import transaction

from core import clock
from core.accounts.models import User
from core.money import Money
from donations.books.selectors.standing import held_minor
from donations.exceptions import EventHeldError
from donations.giving.selectors.gifts import gift_purpose
from donations.giving.services.entries import (
    collection_book,
    fee_book,
    gift_book,
    match_back_line,
    payment_succeed,
    refund_line,
)
from donations.giving.services.moves import donation_lock, donation_move, donation_note
from donations.models import Donation, Payment
from donations.provider.gateways.base import Charge
from donations.states import (
    DonationStatus,
    HeldProblem,
    PaymentStatus,
    RefundStatus,
)
from matching.funds.services.reservations import Captured, match_reverse
from matching.needs.services.funding import need_uncollect
from matching.purpose import Purpose


@transaction.atomic
def refund_book(*, donation_id: int, refunded_minor: int, actor: User | None = None) -> Donation:
    """Book what the provider says has gone back in all; what is booked already stays.

    The match goes back in proportion, rounded down; all of it with the last of the gift.

    Raises:
        EventHeldError: less went back than is booked (the bank returned a refund), or
            what went back had been paid out. Nothing has changed.
    """
    donation = donation_lock(donation_id=donation_id)
    payment = donation.payments.filter(status=PaymentStatus.SUCCEEDED).first()
    # What a bank sent back to us stays booked as refunded: it is still the donor's.
    total = refunded_minor + (payment.returned_minor if payment else 0)
    if payment is None or total == payment.refunded_minor:
        return donation
    if total < payment.refunded_minor:
        raise EventHeldError(
            f"gift {donation.code}: {payment.refunded_minor} booked as refunded, "
            f"the provider says {total}",
            HeldProblem.REFUND_RETURNED,
        )
    before, gone = payment.refunded_minor, payment.gone_minor
    payment.refunded_minor = total
    payment.save(update_fields=["refunded_minor", "updated_at"])
    gift_back = total - before
    match_back = match_share(donation, payment.gone_minor) - match_share(donation, gone)
    purpose, key = gift_purpose(donation), _refund_key(payment)
    whole = payment.gone_minor == donation.amount_minor
    parts = match_reverse(reference=donation.code, amount_minor=match_back) if match_back else []
    if donation.need_id:
        need_uncollect(need_id=donation.need_id, amount_minor=gift_back + match_back)
    match_back_book(purpose=purpose, key=key, parts=parts)
    if donation.need_id:
        _require_still_here(donation, purpose, gift_back)
    back = Money(gift_back, donation.currency)
    line = refund_line(payment=payment, purpose=purpose, key=key, back=back, whole=whole)
    gift_book(purpose=purpose, lines=[line])
    refunds_settle(donation=donation, upto_minor=total)
    _record(donation, gift_back, whole=whole, actor=actor)
    return donation


def refunds_settle(*, donation: Donation, upto_minor: int) -> None:
    """Mark what we had set aside as sent. The caller holds the gift's row."""
    donation.refunds.filter(status=RefundStatus.RESERVED, upto_minor__lte=upto_minor).update(
        status=RefundStatus.BOOKED, settled_at=clock.now(), updated_at=clock.now()
    )


def _refund_key(payment: Payment) -> str:
    """Return the ledger key of all that has been sent back of an attempt by now."""
    return payment.entry_key(f"refunded:{payment.refunded_minor}")


def _require_still_here(donation: Donation, purpose: Purpose, gift_back: int) -> None:
    """Hold a refund, begun at the provider's own desk, of money that was paid out already.

    The need's row is locked by now and the match is booked back; ours are set aside first
    and never come here short.
    """
    held = held_minor(purpose)
    if held < gift_back:
        raise EventHeldError(
            f"gift {donation.code}: {gift_back} sent back, {held} left on its account",
            HeldProblem.PAID_OUT,
        )


def match_share(donation: Donation, gone_minor: int) -> int:
    """Return the match that goes with what left of a gift, rounded down; all of it at the end."""
    return donation.matched_minor * gone_minor // donation.amount_minor


def _record(donation: Donation, gift_back: int, *, whole: bool, actor: User | None) -> None:
    cause = f"refunded {Money(gift_back, donation.currency).decimal_text()}"
    if whole:
        donation_move(donation=donation, to=DonationStatus.REFUNDED, cause=cause, actor=actor)
    else:
        donation_note(donation=donation, cause=cause, actor=actor)


def match_back_book(*, purpose: Purpose, key: str, parts: Sequence[Captured]) -> None:
    """Book what match went back to its funds, each part once. The caller holds the gift."""
    lines = [match_back_line(purpose=purpose, key=key, part=part) for part in parts]
    if lines:
        gift_book(purpose=purpose, lines=lines)


def gift_return(*, payment: Payment, charge: Charge) -> Donation:
    """Book late money that was sent back whole because the need was met meanwhile.

    Gift and refund are booked together, so the need's account is never out of step with
    the need. The caller holds the gift's row and has sent the money back. Once.
    """
    donation = payment.donation
    if donation.status in {DonationStatus.COLLECTED, DonationStatus.REFUNDED}:
        return donation
    donation.collected_at = clock.now()
    donation_move(
        donation=donation, to=DonationStatus.COLLECTED, cause=f"charge {charge.id} (late)"
    )
    paid = payment_succeed(
        donation=donation, payment_id=payment.pk, charge_id=charge.id, method=charge.method
    )
    collection_book(donation=donation, payment=paid)
    fee_book(donation=donation, charge_id=charge.id, fee_minor=charge.fee_minor)
    paid.refresh_from_db()
    paid.refunded_minor = donation.amount_minor
    paid.save(update_fields=["refunded_minor", "updated_at"])
    purpose, key = gift_purpose(donation), _refund_key(paid)
    line = refund_line(payment=paid, purpose=purpose, key=key, back=donation.amount, whole=True)
    gift_book(purpose=purpose, lines=[line])
    donation_move(
        donation=donation, to=DonationStatus.REFUNDED, cause="returned: the need was met meanwhile"
    )
    return donation
