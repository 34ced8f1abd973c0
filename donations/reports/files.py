"""A published report as a file: PDF to print, CSV to open, JSON to compute with."""

from collections.abc import Iterator
from typing import Any

from django.core.cache import cache
from django.utils import translation

from core.documents import pdf_of
from core.links import absolute
from core.money import Money
from core.tables import csv_lines
from donations.models import PublishedReport
from donations.reports.presentation import report_context

STYLESHEETS = ("css/tokens.css", "css/report_print.css")
PDF_SECONDS = 3600
CSV_HEAD = ("section", "item", "name_zh", "name_en", "figure", "value")


def report_json(report: PublishedReport) -> dict[str, Any]:
    """Return the report with what vouches for it: ``sha256`` is over ``data`` alone."""
    return {
        "version": report.version,
        "built_at": report.built_at.isoformat(),
        "note": report.note,
        "sha256": report.sha256,
        "data": report.data,
    }


def report_csv(report: PublishedReport) -> Iterator[str]:
    """Yield one figure a line; amounts as decimals of the report's currency."""
    return csv_lines(CSV_HEAD, _figures(report.data))


def _figures(data: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    currency = data["currency"]
    yield ("report", data["subject"], data["title"]["zh-hans"], data["title"]["en"], "kind",
           data["kind"])  # fmt: skip
    for name, value in data["period"].items():
        yield ("report", "period", "", "", name, value)
    yield ("report", "currency", "", "", "code", currency)
    for section in ("headline", "pairings", "ledger"):
        for figure, value in data[section].items():
            yield (section, "", "", "", *_cell(figure, value, currency))
    yield ("goods", "", "", "", *_cell("goods_minor", data["goods_minor"], currency))
    items = {
        "money_in": "kind",
        "match": "fund",
        "by_township": "township",
        "by_category": "category",
        "balances": "account",
    }
    for section, key in items.items():
        for row in data[section]:
            names = row.get("name", {"zh-hans": "", "en": ""})
            for figure, value in row.items():
                if figure not in {key, "name", "sponsor"}:
                    yield (
                        section, row[key], names["zh-hans"], names["en"],
                        *_cell(figure, value, currency),
                    )  # fmt: skip


def _cell(figure: str, value: Any, currency: str) -> tuple[str, Any]:
    if figure.endswith("_minor"):
        return figure.removesuffix("_minor"), Money(value, currency).decimal_text()
    return figure, value


def report_pdf(report: PublishedReport, language: str) -> bytes:
    """Return the report as PDF in the language, made once an hour; nothing is fetched for it."""
    key = f"report-pdf:{report.pk}:{report.sha256}:{language}"
    made = cache.get(key)
    if made is None:
        made = _make_pdf(report, language)
        cache.set(key, made, PDF_SECONDS)
    return made


def _make_pdf(report: PublishedReport, language: str) -> bytes:
    with translation.override(language):
        context = {
            **report_context(report),
            "url": f"{absolute('report', report.kind, report.subject)}?version={report.version}",
        }
    template = "donations/reports/report_print.html"
    return pdf_of(template, context, stylesheets=STYLESHEETS, language=language)
