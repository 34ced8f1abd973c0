"""What a gift writes into the books and onto the campaign board. Callers hold the gift's row."""

from collections.abc import Sequence
from datetime import datetime

from core import clock
from core.money import Money
from donations.ledger import accounts
from donations.ledger.posting import credit, debit, post
from donations.models import Donation, Payment
from donations.selectors.gifts import purpose_code, purpose_of, township_code
from donations.services.tallies import tally_record
from donations.states import EntryKind, PaymentStatus
from matching.models import Need
from matching.services.reservations import Captured


def payment_succeed(
    *, donation: Donation, payment_id: int | None, charge_id: str, method: str
) -> Payment:
    """Mark the attempt that brought the money."""
    payment = donation.payments.filter(pk=payment_id).first() if payment_id else None
    if payment is None:
        last = donation.payments.order_by("-attempt").first()
        payment = Payment(
            donation=donation,
            attempt=(last.attempt if last else 0) + 1,
            expires_at=donation.collected_at or clock.now(),
        )
    payment.status = PaymentStatus.SUCCEEDED
    payment.charge_id, payment.method = charge_id, method[:20]
    payment.save()
    return payment


def fund_account(donation: Donation) -> str:
    """Return the account of the purpose a gift was given for."""
    purpose = purpose_of(donation)
    if isinstance(purpose, Need):
        return accounts.need_fund(purpose.code)
    return accounts.campaign_fund(purpose.slug)


def booking(donation: Donation, at: datetime | None = None) -> dict:
    """Return what every entry of a gift says beside its legs."""
    return {
        "campaign": donation.campaign,
        "need": donation.need,
        "township_code": township_code(donation),
        "booked_on": clock.day_of(at) if at else None,
    }


def gift_book(*, donation: Donation, charge_id: str, at: datetime | None = None) -> None:
    """Book the gift itself."""
    entry = post(
        key=f"stripe:{charge_id}:collected",
        kind=EntryKind.GIFT,
        memo=f"捐赠到账 {purpose_code(donation)}",
        legs=[
            debit(accounts.STRIPE, donation.amount),
            credit(fund_account(donation), donation.amount),
        ],
        **booking(donation, at),
    )
    tally_record(
        entry=entry,
        campaign=donation.campaign,
        township_code=entry.township_code,
        cash_minor=donation.amount_minor,
        gifts=1,
        donor=donation.donor,
    )


def match_book(
    *,
    donation: Donation,
    charge_id: str,
    captured: Sequence[Captured],
    at: datetime | None = None,
) -> None:
    """Book what each match fund added."""
    for part in captured:
        code = part.fund_code
        amount = Money(part.amount_minor, donation.currency)
        entry = post(
            key=f"stripe:{charge_id}:match:{code}",
            kind=EntryKind.MATCH,
            memo=f"配捐到账 {purpose_code(donation)}",
            legs=[
                debit(accounts.match_fund(code), amount),
                credit(fund_account(donation), amount),
            ],
            **booking(donation, at),
        )
        tally_record(
            entry=entry,
            campaign=donation.campaign,
            township_code=entry.township_code,
            matched_minor=amount.minor,
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
        fee = Money(fee_minor, donation.currency)
        post(
            key=f"stripe:{charge_id}:fee",
            kind=EntryKind.FEE,
            memo=f"支付手续费 {purpose_code(donation)}",
            legs=[debit(accounts.FEES, fee), credit(accounts.STRIPE, fee)],
            **booking(donation, at),
        )
