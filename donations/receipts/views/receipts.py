"""Receipts, for those who hold their code."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from core.pages import or_404, pdf_answer
from donations.models import Receipt
from donations.receipts.selectors import receipt_facts, receipt_held, verify_url
from donations.receipts.services.documents import qr_svg, receipt_pdf


@never_cache
@require_GET
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Show a receipt in full; without its code there is none."""
    held = _held(request, number)
    context = {
        "receipt": receipt_facts(held, public=False),
        "pdf_url": f"{reverse('receipt_pdf', args=[held.number])}?t={held.verification_code}",
        "verify_url": verify_url(held),
        "qr": qr_svg(verify_url(held)),
    }
    return render(request, "donations/receipts/receipt.html", context)


@never_cache
@require_GET
def receipt_file(request: HttpRequest, number: str) -> HttpResponse:
    """Give the receipt as PDF, in the language of the address."""
    held = _held(request, number)
    page_url = f"{reverse('receipt', args=[held.number])}?t={held.verification_code}"
    make = partial(receipt_pdf, receipt=held, language=get_language() or "zh-hans")
    return pdf_answer(request, make, name=f"{held.number}.pdf", page_url=page_url, saved=False)


def _held(request: HttpRequest, number: str) -> Receipt:
    return or_404(receipt_held(number, request.GET.get("t", "")))
