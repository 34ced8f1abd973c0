"""Checking a receipt in public: what it is for and how much, never who gave."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from donations.models import Receipt
from donations.receipts.selectors import receipt_by_code, receipt_by_number, receipt_facts


@never_cache
@require_GET
def verify(request: HttpRequest) -> HttpResponse:
    """Look a receipt up by its number or code."""
    asked = "".join(request.GET.get("q", "").split())[:40]
    found = (receipt_by_number(asked) or receipt_by_code(asked)) if asked else None
    return _answer(request, asked, found)


@never_cache
@require_GET
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the QR code on a receipt leads to."""
    return _answer(request, code, receipt_by_code(code))


def _answer(request: HttpRequest, asked: str, found: Receipt | None) -> HttpResponse:
    context = {
        "asked": asked,
        "receipt": receipt_facts(found, public=True) if found else None,
    }
    status = 404 if asked and found is None else 200
    return render(request, "donations/receipts/verify.html", context, status=status)
