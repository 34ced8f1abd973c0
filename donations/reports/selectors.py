"""Published reports, for pages and the index."""

from django.db.models import OuterRef, QuerySet, Subquery

from donations.models import PublishedReport
from donations.states import ReportKind


def published_reports(kind: str = "", *, limit: int | None = None) -> QuerySet[PublishedReport]:
    """Return the newest version of every report, campaigns' and months', newest built first."""
    newest = (
        PublishedReport.objects.filter(kind=OuterRef("kind"), subject=OuterRef("subject"))
        .order_by("-version")
        .values("pk")[:1]
    )
    rows = PublishedReport.objects.filter(pk=Subquery(newest)).select_related("campaign")
    if kind:
        rows = rows.filter(kind=kind)
    rows = rows.order_by("-built_at", "-pk")
    return rows[:limit] if limit else rows


def versions_of(kind: str, subject: str) -> QuerySet[PublishedReport]:
    """Return all versions of a report, newest first."""
    return PublishedReport.objects.filter(kind=kind, subject=subject).order_by("-version")


def versions_listed(kind: str, subject: str) -> list[PublishedReport]:
    """Return them as a list is made of them: without what they contain."""
    return list(versions_of(kind, subject).defer("data"))


def report_version(kind: str, subject: str, version: int | None = None) -> PublishedReport | None:
    """Return one version of a report, the newest by default; None where there is none."""
    if kind not in ReportKind.values:
        return None
    rows = versions_of(kind, subject)
    return rows.filter(version=version).first() if version else rows.first()
