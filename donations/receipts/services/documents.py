"""The receipt as a PDF, with a QR code that leads to its public check."""

import segno
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from core.documents import pdf_of
from donations.models import Receipt
from donations.receipts.selectors import receipt_facts, verify_url

STYLESHEETS = ("css/tokens.css", "css/receipt_print.css")


def qr_svg(text: str) -> SafeString:
    """Return a QR code as inline SVG without styles, for pages and documents."""
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(scale=4, border=2, svgclass="qr", lineclass=None, omitsize=True)
    return mark_safe(drawn)  # noqa: S308 drawn by segno from our own address


def receipt_pdf(*, receipt: Receipt, language: str) -> bytes:
    """Return the receipt as PDF in the language; nothing is fetched for it."""
    with translation.override(language):
        context = {
            "receipt": receipt_facts(receipt, public=False),
            "verify_url": verify_url(receipt),
            "qr": qr_svg(verify_url(receipt)),
        }
    template = "donations/receipts/receipt_print.html"
    return pdf_of(template, context, stylesheets=STYLESHEETS, language=language)
