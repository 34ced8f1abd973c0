"""What a receipt says, in full to its holder and in part to anybody who checks it."""

from dataclasses import dataclass
from datetime import datetime

from core.links import absolute
from core.money import Money
from donations.models import Donation, Entry, Payment, Receipt
from donations.receipts.capitals import in_capitals
from donations.states import DonationStatus, EntryKind


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """A receipt's content. ``giver`` is empty for an anonymous gift and on public pages.

    ``refunded`` is what went back so far; ``seal`` the hash that closes the gift's ledger
    entry into the chain, empty until it is sealed (seconds later).
    """

    number: str
    verification_code: str
    issued_at: datetime
    collected_at: datetime | None
    giver: str
    amount: Money
    capitals: str
    matched: Money
    refunded: Money
    purpose: str
    purpose_code: str
    project: str
    filing_number: str
    charity: str
    method: str
    seal: str
    seal_sequence: int | None
    is_refunded: bool


def receipt_held(number: str, verification_code: str) -> Receipt | None:
    """Return the receipt to one who holds it: number and code must belong together."""
    if not verification_code:
        return None
    return (
        _receipts()
        .filter(number=number.upper(), verification_code=verification_code.upper())
        .first()
    )


def receipt_by_code(verification_code: str) -> Receipt | None:
    """Return the receipt with this code."""
    return _receipts().filter(verification_code=verification_code.upper()).first()


def receipt_by_number(number: str) -> Receipt | None:
    """Return the receipt with this number; numbers can be guessed, so show the public part."""
    return _receipts().filter(number=number.upper()).first()


def verify_url(receipt: Receipt) -> str:
    """Return the absolute address that checks the receipt."""
    return absolute("verify_code", receipt.verification_code)


def receipt_url(receipt: Receipt) -> str:
    """Return the absolute address of the receipt for its holder."""
    return f"{absolute('receipt', receipt.number)}?t={receipt.verification_code}"


def receipt_facts(receipt: Receipt, *, public: bool) -> ReceiptFacts:
    """Return what the receipt says; without the giver where ``public``."""
    donation = receipt.donation
    purpose = donation.given_for
    payment = donation.payments.filter(charge_id__isnull=False).order_by("-attempt").first()
    entry = _gift_entry(payment) if payment else None
    seal = getattr(entry, "seal", None) if entry else None
    return ReceiptFacts(
        number=receipt.number,
        verification_code="" if public else receipt.verification_code,
        issued_at=receipt.issued_at,
        collected_at=donation.collected_at,
        giver="" if public else giver_of(donation),
        amount=donation.amount,
        capitals=in_capitals(donation.amount_minor),
        matched=donation.matched,
        refunded=Money(payment.gone_minor if payment else 0, donation.currency),
        purpose=purpose.label,
        purpose_code=purpose.code,
        project=purpose.project.label,
        filing_number=purpose.project.filing_number,
        charity=purpose.project.charity.label,
        method=payment.method if payment else "",
        seal=seal.hash if seal else "",
        seal_sequence=seal.sequence if seal else None,
        is_refunded=donation.status == DonationStatus.REFUNDED,
    )


def giver_of(donation: Donation) -> str:
    """Return the name a gift may be shown under; empty for an anonymous one."""
    return "" if donation.is_anonymous else donation.display_name


def _gift_entry(payment: Payment) -> Entry | None:
    return (
        Entry.objects.select_related("seal")
        .filter(key=payment.entry_key("collected"), kind=EntryKind.GIFT)
        .first()
    )


def _receipts():
    return Receipt.objects.select_related(
        "donation__donor",
        "donation__need__project__charity",
        "donation__campaign__project__charity",
    )
