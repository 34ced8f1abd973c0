"""Transparency reports as the index lists them."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from donations.models import PublishedReport
from donations.reports.presentation import headline_figures, report_title
from donations.reports.selectors import published_reports

LISTED = 60


@dataclass(frozen=True, slots=True)
class ReportLine:
    """The newest version of one report; ``note`` says why there is more than a first one."""

    title: str
    figures: list[tuple[str, str]]
    url: str
    version: int
    built_at: datetime
    sha256: str
    note: str


def listed_reports() -> list[ReportLine]:
    """Return the newest version of each published report, newest first, sixty at most."""
    return [_line(report) for report in published_reports(limit=LISTED)]


def _line(report: PublishedReport) -> ReportLine:
    return ReportLine(
        title=report_title(report),
        figures=headline_figures(report),
        url=reverse("report", args=[report.kind, report.subject]),
        version=report.version,
        built_at=report.built_at,
        sha256=report.sha256,
        note=_(report.note) if report.note else "",
    )
