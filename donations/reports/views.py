"""Transparency reports as pages and files."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from core.pages import attachment, or_404, pdf_answer
from core.templatetags.i18n_links import local_path
from donations.models import PublishedReport
from donations.reports.files import report_csv, report_json, report_pdf
from donations.reports.presentation import report_context
from donations.reports.selectors import report_version, versions_listed


@require_safe
def report(request: HttpRequest, kind: str, subject: str) -> HttpResponse:
    """Show a report, the newest version unless ``?version=`` says otherwise."""
    found = _found(request, kind, subject)
    versions = versions_listed(kind, subject)
    context = {
        **report_context(found),
        "versions": versions,
        "is_newest": found.version == versions[0].version,
        "index_url": local_path("/transparency/"),
        "files": [
            {"text": name, "url": f"{_file_url(found, name.lower())}?version={found.version}"}
            for name in ("PDF", "CSV", "JSON")
        ],
    }
    return render(request, "donations/reports/report.html", context)


@require_safe
def report_file(request: HttpRequest, kind: str, subject: str, extension: str) -> HttpResponseBase:
    """Give a report as ``pdf``, ``csv`` or ``json``."""
    found = _found(request, kind, subject)
    name = f"aixin-{kind}-{subject}-v{found.version}.{extension}"
    if extension == "pdf":
        make = partial(report_pdf, found, get_language() or "zh-hans")
        page_url = f"{reverse('report', args=[kind, subject])}?version={found.version}"
        return pdf_answer(request, make, name=name, page_url=page_url, saved=True)
    headers = attachment(name)
    if extension == "csv":
        return StreamingHttpResponse(
            report_csv(found), content_type="text/csv; charset=utf-8", headers=headers
        )
    return JsonResponse(
        report_json(found), headers=headers, json_dumps_params={"ensure_ascii": False, "indent": 1}
    )


def _file_url(found: PublishedReport, extension: str) -> str:
    return reverse(f"report_{extension}", args=[found.kind, found.subject])


def _found(request: HttpRequest, kind: str, subject: str) -> PublishedReport:
    asked = request.GET.get("version", "")
    if asked and not (asked.isascii() and asked.isdigit() and len(asked) < 6):
        raise Http404
    return or_404(report_version(kind, subject, int(asked) if asked else None))
