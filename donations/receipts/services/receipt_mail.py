"""Sending a receipt to its donor."""

from core import clock
from core.documents import DocumentUnavailableError
from core.messages.sending import send
from donations.giving.selectors.recipients import giver_reached_at
from donations.models import Receipt
from donations.receipts.mail import receipt_message
from donations.receipts.services.documents import receipt_pdf


def receipt_mail(*, receipt_id: int) -> bool:
    """Send a receipt unless it was sent; return whether it was sent now.

    Call outside any transaction. A worker that dies between sending and noting it sends
    the same message again, under its own key.
    """
    receipt = Receipt.objects.select_related(
        "donation__donor",
        "donation__need__project__charity",
        "donation__campaign__project__charity",
    ).get(pk=receipt_id)
    if receipt.mailed_at is not None:
        return False
    try:
        pdf = receipt_pdf(receipt=receipt, language=receipt.donation.language)
    except DocumentUnavailableError:
        # Its page, linked in the message, says the same.
        pdf = None
    for to in giver_reached_at(receipt.donation):
        send(receipt_message(receipt=receipt, to=to, pdf=pdf))
    Receipt.objects.filter(pk=receipt_id, mailed_at__isnull=True).update(mailed_at=clock.now())
    return True
