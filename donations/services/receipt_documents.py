"""The receipt as a PDF, with a QR code that leads to its public check."""

from functools import lru_cache
from pathlib import Path

import segno
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from donations.models import Receipt
from donations.selectors.receipts import receipt_facts

STYLESHEETS = ("css/tokens.css", "css/receipt_print.css")


def verify_url(receipt: Receipt) -> str:
    """Return the absolute address that checks the receipt."""
    path = reverse("verify_code", args=[receipt.verification_code])
    return f"{settings.PUBLIC_BASE_URL}{path}"


def receipt_url(receipt: Receipt) -> str:
    """Return the absolute address of the receipt for its holder."""
    path = reverse("receipt", args=[receipt.number])
    return f"{settings.PUBLIC_BASE_URL}{path}?t={receipt.verification_code}"


def qr_svg(text: str) -> SafeString:
    """Return a QR code as inline SVG without styles, for pages and documents."""
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(scale=4, border=2, svgclass="qr", lineclass=None, omitsize=True)
    return mark_safe(drawn)  # noqa: S308 drawn by segno from our own address


def receipt_pdf(*, receipt: Receipt, language: str) -> bytes:
    """Return the receipt as PDF/A-like bytes in the language; nothing is fetched for it."""
    from weasyprint import CSS, HTML  # noqa: PLC0415 takes seconds to import
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    with translation.override(language):
        markup = render_to_string(
            "donations/receipts/receipt_print.html",
            {
                "receipt": receipt_facts(receipt, public=False),
                "verify_url": verify_url(receipt),
                "qr": qr_svg(verify_url(receipt)),
            },
        )
    fonts = FontConfiguration()
    fetcher = URLFetcher(allowed_protocols=["data"], allow_redirects=False, fail_on_errors=True)
    sheets = [CSS(string=_stylesheet(name), font_config=fonts) for name in STYLESHEETS]
    document = HTML(string=markup, url_fetcher=fetcher)
    return document.write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")


@lru_cache(maxsize=4)
def _stylesheet(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return Path(found).read_text("utf-8")
