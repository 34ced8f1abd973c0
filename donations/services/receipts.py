"""Receipts: one per collected gift, numbered without gaps within a year."""

from django.db import transaction
from django.db.models import F

from core import clock
from core.dispatch import enqueue_on_commit
from donations import task_names
from donations.models import Receipt, ReceiptCounter
from donations.services.donation_moves import donation_lock
from donations.states import DonationStatus


@transaction.atomic
def receipt_issue(*, donation_id: int) -> Receipt | None:
    """Give a collected gift its receipt and have it mailed; the first one if there is one.

    None for a gift that is not collected (refunded before its receipt, say).
    """
    donation = donation_lock(donation_id=donation_id)
    receipt = Receipt.objects.filter(donation=donation).first()
    if receipt is not None or donation.status != DonationStatus.COLLECTED:
        return receipt
    year = clock.today().year
    serial = _next_serial(year)
    receipt = Receipt.objects.create(
        number=f"AX{year}-{serial:08d}", year=year, serial=serial, donation=donation
    )
    enqueue_on_commit(
        task_names.RECEIPT_MAIL, key=f"receipt-mail:{receipt.pk}", receipt_id=receipt.pk
    )
    return receipt


def _next_serial(year: int) -> int:
    """Take the next number. The UPDATE holds the year's row until the receipt is committed,

    so a number is never given out twice and never lost to a rollback.
    """
    row = ReceiptCounter.objects.filter(year=year)
    if not row.update(last=F("last") + 1):
        ReceiptCounter.objects.get_or_create(year=year)
        row.update(last=F("last") + 1)
    return row.values_list("last", flat=True).get()
