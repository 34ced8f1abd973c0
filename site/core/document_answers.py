"""Answering with a PDF, or saying why there is none."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.documents import DocumentUnavailableError


def pdf_answer(
    request: HttpRequest, make: Callable[[], bytes], *, name: str, page_url: str, saved: bool
) -> HttpResponse:
    """Answer with the PDF that ``make`` returns, to be saved or shown; 503 leads to its page."""
    try:
        made = make()
    except DocumentUnavailableError as problem:
        context = {"text": problem.message, "page_url": page_url}
        return render(request, "core/no_document.html", context, status=problem.status_code)
    placed = "attachment" if saved else "inline"
    headers = {"Content-Disposition": f'{placed}; filename="{name}"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)
