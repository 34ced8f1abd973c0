"""Building and publishing transparency reports."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_noop

from core import clock
from donations.books.selectors.ledger import booked_months, month_bounds
from donations.books.services.seals import ledger_seal
from donations.models import EntrySeal, PublishedReport
from donations.reports.data import ReportData, campaign_report, digest, monthly_report
from donations.reports.selectors import report_version
from donations.states import ReportKind
from matching.models import Campaign

ACTIVE_CAMPAIGN_EVERY = timedelta(days=1)
# Kept in the source language, shown translated.
GOES_ON = gettext_noop("活动进行中，按日更新。")
CORRECTED = gettext_noop("上一版之后账本有新的分录或更正，数字随之更新。")


@transaction.atomic
def report_publish(
    *, data: ReportData, sealed_sequence: int, campaign: Campaign | None = None, note: str = ""
) -> PublishedReport:
    """Publish a report as a new version; the same data as the newest version makes none.

    ``sealed_sequence`` is the last seal that stood before the data were read. ``note`` says
    why there is a new version and is left out of the first.
    """
    plain = data.as_json()
    sha256 = digest(plain)
    last = report_version(data.kind, data.subject)
    if last and last.sha256 == sha256:
        return last
    try:
        with transaction.atomic():
            return PublishedReport.objects.create(
                kind=data.kind,
                subject=data.subject,
                version=last.version + 1 if last else 1,
                campaign=campaign,
                data=plain,
                sha256=sha256,
                sealed_sequence=sealed_sequence,
                note=note if last else "",
            )
    except IntegrityError:
        # Another run published this version first.
        newest = report_version(data.kind, data.subject)
        if newest is None:
            raise
        return newest


def reports_build_due() -> list[PublishedReport]:
    """Publish what is due and return it: months that ended, campaigns once a day and after.

    A month or an ended campaign is built again when entries of it were sealed since; an
    active campaign at most once a day. Safe to run at any moment, any number of times.
    """
    ledger_seal(whole=True)
    this_month = f"{clock.today():%Y-%m}"
    built = [_month_due(month) for month in booked_months() if month < this_month]
    built += [_campaign_due(each) for each in Campaign.objects.filter(starts_at__lte=clock.now())]
    return [report for report in built if report is not None]


def _month_due(month: str) -> PublishedReport | None:
    last = report_version(ReportKind.MONTHLY, month)
    first, following = month_bounds(month)
    seals = EntrySeal.objects.filter(entry__booked_on__gte=first, entry__booked_on__lt=following)
    if last and not seals.filter(sequence__gt=last.sealed_sequence).exists():
        return None
    sequence = _last_sequence()
    return report_publish(data=monthly_report(month), sealed_sequence=sequence, note=CORRECTED)


def _campaign_due(campaign: Campaign) -> PublishedReport | None:
    last = report_version(ReportKind.CAMPAIGN, campaign.slug)
    now = clock.now()
    active = now < campaign.ends_at
    if last:
        if active and now - last.built_at < ACTIVE_CAMPAIGN_EVERY:
            return None
        seals = EntrySeal.objects.filter(entry__campaign=campaign)
        if not seals.filter(sequence__gt=last.sealed_sequence).exists():
            return None
    sequence = _last_sequence()
    return report_publish(
        data=campaign_report(campaign),
        sealed_sequence=sequence,
        campaign=campaign,
        note=GOES_ON if active else CORRECTED,
    )


def _last_sequence() -> int:
    return EntrySeal.objects.aggregate(last=Max("sequence"))["last"] or 0
