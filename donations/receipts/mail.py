"""The mail that brings a giver their receipt."""

from django.utils.translation import gettext as _

from core.links import absolute
from core.messages.message import Attachment, Message, Recipient
from core.messages.sending import compose
from donations.giving.selectors.gifts import lost_match
from donations.models import Receipt
from donations.receipts.selectors import receipt_facts, receipt_url
from matching.funds.selectors.explanations import explanation_sentences


def receipt_message(*, receipt: Receipt, to: Recipient, pdf: bytes | None) -> Message:
    """Return the receipt's message, its PDF attached if there is one."""
    donation = receipt.donation
    with to.language_active():
        return compose(
            key=f"receipt-{receipt.number}",
            to=to,
            subject=_("您的捐赠收据 %(number)s") % {"number": receipt.number},
            template="emails/receipt",
            context={
                "receipt": receipt_facts(receipt, public=False),
                "receipt_url": receipt_url(receipt),
                "gift_url": absolute("gift", donation.given_for.code, donation.code),
                "sentences": explanation_sentences(donation.match_explanation),
                "lost_match": lost_match(donation),
                "has_pdf": pdf is not None,
            },
            attachments=[Attachment(f"{receipt.number}.pdf", pdf, "application/pdf")]
            if pdf
            else [],
        )
