"""What a gift writes into the books and onto the campaign board. Callers hold the gift's row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core import clock, sql
from core.money import Money
from donations import chart
from donations.books.services.posting import Fact, Leg, credit, debit, post_all
from donations.giving.selectors.gifts import purpose_of, township_code
from donations.models import Donation, Payment, TallyDelta
from donations.states import EntryKind, PaymentStatus
from donations.tallies.services import tallies_record
from matching.funds.services.reservations import Captured
from matching.models import Need
from matching.needs.selectors.purposes import Purpose, purpose_by_id

LAST_ATTEMPT = "SELECT COALESCE(MAX(attempt), 0) FROM donations_payment WHERE donation_id = %s"


@dataclass(frozen=True, slots=True)
class _Line:
    """A fact of the books with what it changes on the campaign board; 0: it is not shown there."""

    fact: Fact
    cash_minor: int = 0
    matched_minor: int = 0
    gifts: int = 0
    donor_id: int | None = None


@dataclass(frozen=True, slots=True)
class _Charge:
    """A gift that was paid, what it is for, and when it is booked."""

    donation: Donation
    purpose: Purpose
    charge_id: str
    at: datetime | None = None

    def fact(self, name: str, kind: EntryKind, memo: str, legs: Sequence[Leg]) -> Fact:
        """Return what happened with it; ``name`` completes the fact's key."""
        return Fact(
            key=f"stripe:{self.charge_id}:{name}",
            kind=kind,
            memo=f"{memo} {self.purpose.code}",
            legs=legs,
            campaign_id=self.donation.campaign_id,
            need_id=self.donation.need_id,
            township_code=self.purpose.township_code,
            booked_on=clock.day_of(self.at) if self.at else None,
        )

    @property
    def account(self) -> str:
        """The account of the purpose."""
        if self.purpose.need_id is None:
            return chart.campaign_fund(self.purpose.code)
        return chart.need_fund(self.purpose.code)


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


def fund_account(donation: Donation) -> str:
    """Return the account of the purpose a gift was given for."""
    purpose = purpose_of(donation)
    if isinstance(purpose, Need):
        return chart.need_fund(purpose.code)
    return chart.campaign_fund(purpose.slug)


def booking(donation: Donation, at: datetime | None = None) -> dict:
    """Return what every entry of a gift says beside its legs."""
    return {
        "campaign": donation.campaign,
        "need": donation.need,
        "township_code": township_code(donation),
        "booked_on": clock.day_of(at) if at else None,
    }


def collection_book(
    *,
    donation: Donation,
    charge_id: str,
    captured: Sequence[Captured],
    fee_minor: int | None,
    at: datetime | None = None,
) -> None:
    """Book a gift, what each match fund added to it, and the fee if it is known."""
    charge = _charge(donation, charge_id, at)
    lines = [_gift_line(charge), *(_match_line(charge, part) for part in captured)]
    if fee_minor:
        lines.append(_fee_line(charge, fee_minor))
    _book(lines)


def gift_book(*, donation: Donation, charge_id: str, at: datetime | None = None) -> None:
    """Book the gift itself."""
    _book([_gift_line(_charge(donation, charge_id, at))])


def _charge(donation: Donation, charge_id: str, at: datetime | None) -> _Charge:
    purpose = purpose_by_id(need_id=donation.need_id, campaign_id=donation.campaign_id)
    return _Charge(donation, purpose, charge_id, at)


def _gift_line(charge: _Charge) -> _Line:
    donation = charge.donation
    legs = [debit(chart.STRIPE, donation.amount), credit(charge.account, donation.amount)]
    return _Line(
        charge.fact("collected", EntryKind.GIFT, "捐赠到账", legs),
        cash_minor=donation.amount_minor,
        gifts=1,
        donor_id=donation.donor_id,
    )


def _match_line(charge: _Charge, part: Captured) -> _Line:
    amount = Money(part.amount_minor, charge.donation.currency)
    legs = [debit(chart.match_fund(part.fund_code), amount), credit(charge.account, amount)]
    fact = charge.fact(f"match:{part.fund_code}", EntryKind.MATCH, "配捐到账", legs)
    return _Line(fact, matched_minor=part.amount_minor)


def _fee_line(charge: _Charge, minor: int) -> _Line:
    fee = Money(minor, charge.donation.currency)
    legs = [debit(chart.FEES, fee), credit(chart.STRIPE, fee)]
    return _Line(charge.fact("fee", EntryKind.FEE, "支付手续费", legs))


def _book(lines: Sequence[_Line]) -> None:
    entries = post_all(facts=[line.fact for line in lines])
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
            if entry.campaign_id is not None and (line.cash_minor or line.matched_minor)
        ]
    )


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
        _book([_fee_line(_charge(donation, charge_id, at), fee_minor)])
