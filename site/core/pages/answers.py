"""Answers that are not a plain page: nothing there, a file, a PDF, a page nobody may keep."""

from collections.abc import Callable
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.documents import DocumentUnavailableError

Found = TypeVar("Found")
Answer = TypeVar("Answer", bound=HttpResponse)


def or_404(found: Found | None) -> Found:
    """Return what was found; for whoever asks, nothing else exists (404)."""
    if found is None:
        raise Http404
    return found


def see_other(url: str) -> HttpResponse:
    """Lead from a sent form to another address, to be fetched there (303)."""
    response = redirect(url)
    response.status_code = 303
    return response


def attachment(name: str) -> dict[str, str]:
    """Return the header that lets a browser save an answer as a file."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def unlisted(response: Answer) -> Answer:
    """Ask search engines not to keep a page that is taken down or opened by its code."""
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response


def pdf_answer(
    request: HttpRequest, make: Callable[[], bytes], *, name: str, page_url: str, saved: bool
) -> HttpResponse:
    """Answer with the PDF that ``make`` returns, to be saved or shown; 503 leads to its page."""
    try:
        made = make()
    except DocumentUnavailableError as problem:
        context = {"text": problem.message, "page_url": page_url}
        return render(request, "core/no_document.html", context, status=problem.status_code)
    shown = {"Content-Disposition": f'inline; filename="{name}"'}
    headers = attachment(name) if saved else shown
    return HttpResponse(made, content_type="application/pdf", headers=headers)
