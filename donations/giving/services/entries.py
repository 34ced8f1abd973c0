"""What happens to a gift's money, written into the books and onto the campaign board.

Callers hold the gift's row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core import clock, sql
from core.money import Money
from donations import chart
from donations.books.services.posting import Fact, Leg, credit, debit, post_all
from donations.giving.selectors.gifts import gift_purpose
from donations.models import Donation, Payment, TallyDelta
from donations.provider.gateways import taking
from donations.states import EntryKind, PaymentStatus
from donations.tallies.services import tallies_record
from matching.funds.services.reservations import Captured
from matching.purpose import Purpose

LAST_ATTEMPT = "SELECT COALESCE(MAX(attempt), 0) FROM donations_payment WHERE donation_id = %s"


@dataclass(frozen=True, slots=True)
class GiftLine:
    """One fact about a gift, with what it changes on the campaign board.

    ``words`` come before the purpose's code in the public memo. Money that leaves is
    negative on the board; all 0: it is not shown there.
    """

    key: str
    kind: EntryKind
    words: str
    legs: Sequence[Leg]
    cash_minor: int = 0
    matched_minor: int = 0
    gifts: int = 0
    donor_id: int | None = None

    @property
    def is_shown(self) -> bool:
        """Whether the board changes."""
        return bool(self.cash_minor or self.matched_minor or self.gifts)


def gift_book(*, purpose: Purpose, lines: Sequence[GiftLine], at: datetime | None = None) -> None:
    """Book what happened to a gift for ``purpose`` (see ``gift_purpose``), each line once.

    The one way by which money of a gift comes, goes back or is lost. ``at`` is for taking
    over gifts of the past.

    Raises: as ``post_all``.
    """
    entries = post_all(facts=[_fact(purpose, line, at) for line in lines])
    tallies_record(
        deltas=[
            TallyDelta(
                entry=entry,
                campaign_id=entry.campaign_id,
                township_code=entry.township_code,
                cash_minor=line.cash_minor,
                matched_minor=line.matched_minor,
                gifts=line.gifts,
                donor_id=line.donor_id,
            )
            for line, entry in zip(lines, entries, strict=True)
            if entry.campaign_id is not None and line.is_shown
        ]
    )


def _fact(purpose: Purpose, line: GiftLine, at: datetime | None) -> Fact:
    return Fact(
        key=line.key,
        kind=line.kind,
        memo=f"{line.words} {purpose.code}",
        legs=line.legs,
        purpose=purpose,
        booked_on=clock.day_of(at) if at else None,
    )


def collected_line(*, donation: Donation, payment: Payment, purpose: Purpose) -> GiftLine:
    """Return the line of a gift that was paid."""
    return GiftLine(
        payment.entry_key("collected"),
        EntryKind.GIFT,
        "捐赠到账",
        [
            debit(payment.account, donation.amount),
            credit(chart.fund_of(purpose), donation.amount),
        ],
        cash_minor=donation.amount_minor,
        gifts=1,
        donor_id=donation.donor_id,
    )


def match_line(*, payment: Payment, purpose: Purpose, part: Captured) -> GiftLine:
    """Return the line of what a match fund added."""
    amount = Money(part.amount_minor, part.currency)
    return GiftLine(
        payment.entry_key(f"match:{part.fund_code}"),
        EntryKind.MATCH,
        "配捐到账",
        [debit(chart.match_fund(part.fund_code), amount), credit(chart.fund_of(purpose), amount)],
        matched_minor=part.amount_minor,
    )


def match_back_line(*, purpose: Purpose, key: str, part: Captured) -> GiftLine:
    """Return the line of match that goes back to its fund; ``key`` names why."""
    amount = Money(part.amount_minor, part.currency)
    return GiftLine(
        f"{key}:match:{part.fund_code}",
        EntryKind.MATCH_REVERSAL,
        "配捐冲回",
        [debit(chart.fund_of(purpose), amount), credit(chart.match_fund(part.fund_code), amount)],
        matched_minor=-part.amount_minor,
    )


def refund_line(
    *, payment: Payment, purpose: Purpose, key: str, back: Money, whole: bool
) -> GiftLine:
    """Return the line of money sent back; ``whole``: nothing of the gift is left."""
    return GiftLine(
        key,
        EntryKind.REFUND,
        "退款",
        [debit(chart.fund_of(purpose), back), credit(payment.account, back)],
        cash_minor=-back.minor,
        gifts=-1 if whole else 0,
    )


def fee_line(*, payment: Payment, key: str, fee: Money, words: str) -> GiftLine:
    """Return the line of what the provider took for its work."""
    return GiftLine(
        key, EntryKind.FEE, words, [debit(chart.FEES, fee), credit(payment.account, fee)]
    )


def collection_book(
    *,
    donation: Donation,
    payment: Payment,
    captured: Sequence[Captured] = (),
    fee_minor: int | None = None,
    at: datetime | None = None,
) -> None:
    """Book a paid gift, what each match fund added to it, and the fee if it is known."""
    purpose = gift_purpose(donation)
    lines = [collected_line(donation=donation, payment=payment, purpose=purpose)]
    lines += [match_line(payment=payment, purpose=purpose, part=part) for part in captured]
    if fee_minor:
        lines.append(_payment_fee(donation, payment, fee_minor))
    gift_book(purpose=purpose, lines=lines, at=at)


def fee_book(
    *, donation: Donation, charge_id: str, fee_minor: int | None, at: datetime | None = None
) -> None:
    """Book the provider's fee once it is known; zero needs no entry."""
    if fee_minor is None:
        return
    payment = donation.payments.filter(charge_id=charge_id, fee_minor__isnull=True).first()
    if payment is None:
        return
    payment.fee_minor = fee_minor
    payment.save(update_fields=["fee_minor", "updated_at"])
    if fee_minor:
        line = _payment_fee(donation, payment, fee_minor)
        gift_book(purpose=gift_purpose(donation), lines=[line], at=at)


def _payment_fee(donation: Donation, payment: Payment, fee_minor: int) -> GiftLine:
    fee = Money(fee_minor, donation.currency)
    return fee_line(payment=payment, key=payment.entry_key("fee"), fee=fee, words="支付手续费")


def payment_succeed(
    *,
    donation: Donation,
    payment_id: int | None,
    charge_id: str,
    method: str,
    fee_minor: int | None = None,
) -> Payment:
    """Mark the attempt that brought the money, with its fee if that is known."""
    payment = donation.payments.filter(pk=payment_id).first() if payment_id else None
    if payment is None:
        ((last,),) = sql.rows(LAST_ATTEMPT, [donation.pk])
        payment = Payment(
            donation=donation,
            provider=taking().name,
            attempt=last + 1,
            expires_at=donation.collected_at or clock.now(),
        )
    payment.status = PaymentStatus.SUCCEEDED
    payment.charge_id, payment.method = charge_id, method[:20]
    if fee_minor is not None:
        payment.fee_minor = fee_minor
    if payment.pk is None:
        sql.insert(payment)
    else:
        payment.save()
    return payment
