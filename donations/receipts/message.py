"""Messages to donors. Built here, sent by services."""

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from donations.giving.selectors.gifts import lost_match
from donations.models import Receipt
from donations.receipts.selectors import receipt_facts
from matching.funds.selectors.explanations import explanation_sentences


def receipt_message(
    *, receipt: Receipt, pdf: bytes | None, receipt_url: str, gift_url: str
) -> EmailMultiAlternatives:
    """Return the receipt's message in the donor's language, its PDF attached if there is one.

    Its Message-ID is the receipt's own: sent twice, most mailboxes show it once.
    """
    donation = receipt.donation
    with translation.override(donation.language):
        context = {
            "receipt": receipt_facts(receipt, public=False),
            "receipt_url": receipt_url,
            "gift_url": gift_url,
            "sentences": explanation_sentences(donation.match_explanation),
            "lost_match": lost_match(donation),
            "has_pdf": pdf is not None,
        }
        subject = _("您的捐赠收据 %(number)s") % {"number": receipt.number}
        text = render_to_string("emails/receipt.txt", context)
        html = render_to_string("emails/receipt.html", context)
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    message = EmailMultiAlternatives(
        subject=subject,
        body=text,
        to=[donation.donor.email],
        headers={"Message-ID": f"<receipt-{receipt.number}@{domain}>"},
    )
    message.attach_alternative(html, "text/html")
    if pdf is not None:
        message.attach(f"{receipt.number}.pdf", pdf, "application/pdf")
    return message
