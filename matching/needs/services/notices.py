"""The masked notice itself: putting it up, and taking it down redacted."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import translation

from core import clock
from core.workdays import working_days_after
from matching.models import Need, PublicityNotice
from matching.registry.selectors.households import masked_surname
from matching.states import NoticeStatus


def closing_time(*, opens_at: datetime) -> datetime:
    """Return when a notice that opens now may close.

    It stands until the end of the N-th working day after the day it opened, in the
    programme's zone; ``PUBLICITY_SECONDS`` shortens that for demonstrations.
    """
    if settings.PUBLICITY_SECONDS:
        return opens_at + timedelta(seconds=settings.PUBLICITY_SECONDS)
    last = working_days_after(clock.day_of(opens_at), settings.PUBLICITY_WORKING_DAYS)
    return datetime.combine(last + timedelta(1), time.min, tzinfo=clock.PROGRAMME_ZONE)


def notice_open(*, need: Need) -> PublicityNotice:
    """Put up the notice of a need that was just approved; the caller holds the need's lock.

    The subject is a surname and a size band, nothing more.
    """
    opens_at = clock.now()
    return PublicityNotice.objects.create(
        need=need,
        title=need.title,
        title_en=need.title_en,
        subject=_subject(need),
        opens_at=opens_at,
        closes_at=closing_time(opens_at=opens_at),
    )


def _subject(need: Need) -> str:
    # In the village's own language, whoever approves.
    with translation.override(settings.LANGUAGE_CODE):
        surname = masked_surname(household=need.household)
        return f"{surname} 家，{need.household.get_size_band_display()}"


def notice_close(*, notice: PublicityNotice, status: NoticeStatus) -> None:
    """End an open notice and redact it. Ended already: nothing happens."""
    PublicityNotice.objects.filter(pk=notice.pk, status=NoticeStatus.OPEN).update(
        status=status, subject="", closed_at=clock.now(), updated_at=clock.now()
    )


def notice_take_down(*, need: Need) -> None:
    """End whatever notice of the need still stands, without it having passed."""
    for notice in need.notices.filter(status=NoticeStatus.OPEN):
        notice_close(notice=notice, status=NoticeStatus.FAILED)
