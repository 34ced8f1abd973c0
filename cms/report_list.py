"""Transparency reports as the index lists them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.templatetags.i18n_links import path_in
from donations.models import PublishedReport
from donations.states import ReportKind


@dataclass(frozen=True, slots=True)
class ReportLine:
    """The newest version of one report."""

    title: str
    url: str
    kind: str
    version: int
    built_at: datetime
    sha256: str
    note: str


def listed_reports() -> list[ReportLine]:
    """Return the newest version of each published report, newest first."""
    newest = (
        PublishedReport.objects.values("kind", "subject")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    rows = PublishedReport.objects.filter(pk__in=newest).select_related("campaign")
    return [_line(row) for row in rows.order_by("-built_at")]


def _line(report: PublishedReport) -> ReportLine:
    if report.kind == ReportKind.CAMPAIGN and report.campaign:
        title = _("活动报告：%(name)s") % {"name": report.campaign.label}
    else:
        title = _("月度报告：%(month)s") % {"month": report.subject}
    path = f"/transparency/{report.kind}/{report.subject}/"
    return ReportLine(
        title=title,
        url=path_in(path, get_language() or "zh-hans"),
        kind=report.get_kind_display(),
        version=report.version,
        built_at=report.built_at,
        sha256=report.sha256,
        note=report.note,
    )
