"""Receipts: one per collected gift, numbered without gaps within a year."""

from django.db import transaction

from core import clock, sql
from core.dispatch import enqueue_on_commit
from donations import task_names
from donations.giving.services.moves import donation_lock
from donations.models import Receipt
from donations.states import DonationStatus

NEXT = """
INSERT INTO donations_receiptcounter (year, last) VALUES (%s, 1)
ON CONFLICT (year) DO UPDATE SET last = donations_receiptcounter.last + 1
RETURNING last
"""


@transaction.atomic
def receipt_issue(*, donation_id: int) -> Receipt | None:
    """Give a collected gift its receipt and have it mailed; the first one if there is one.

    None for a gift that is not collected (refunded before its receipt, say).
    """
    donation = donation_lock(donation_id=donation_id)
    receipt = sql.first(Receipt, "donation_id = %s", [donation_id])
    if receipt is not None or donation.status != DonationStatus.COLLECTED:
        return receipt
    year = clock.today().year
    serial = _next_serial(year)
    receipt = Receipt(number=f"AX{year}-{serial:08d}", year=year, serial=serial, donation=donation)
    sql.insert(receipt)
    enqueue_on_commit(
        task_names.RECEIPT_MAIL, key=f"receipt-mail:{receipt.pk}", receipt_id=receipt.pk
    )
    return receipt


def _next_serial(year: int) -> int:
    """Take the next number. The statement holds the year's row until the receipt is committed,

    so a number is never given out twice and never lost to a rollback.
    """
    ((serial,),) = sql.rows(NEXT, [year])
    return serial
