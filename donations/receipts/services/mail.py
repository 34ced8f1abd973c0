"""Sending a receipt to its donor."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from core import clock
from core.documents import DocumentUnavailableError
from donations.models import Receipt
from donations.receipts.message import receipt_message
from donations.receipts.services.documents import receipt_pdf, receipt_url


def receipt_mail(*, receipt_id: int) -> bool:
    """Mail a receipt unless it was mailed; return whether it was sent now.

    Call outside any transaction. A worker that dies between sending and noting it sends
    the same message, by its Message-ID, again.
    """
    receipt = Receipt.objects.select_related(
        "donation__donor",
        "donation__need__project__charity",
        "donation__campaign__project__charity",
    ).get(pk=receipt_id)
    if receipt.mailed_at is not None:
        return False
    language = receipt.donation.language
    with translation.override(language):
        gift = reverse("gift", args=[receipt.donation.given_for.code, receipt.donation.code])
        held = receipt_url(receipt)
    try:
        pdf = receipt_pdf(receipt=receipt, language=language)
    except DocumentUnavailableError:
        # Its page, linked in the message, says the same.
        pdf = None
    receipt_message(
        receipt=receipt,
        pdf=pdf,
        receipt_url=held,
        gift_url=f"{settings.PUBLIC_BASE_URL}{gift}",
    ).send()
    Receipt.objects.filter(pk=receipt_id, mailed_at__isnull=True).update(mailed_at=clock.now())
    return True
