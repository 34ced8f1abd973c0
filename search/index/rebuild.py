"""Making the whole index anew, while the old one is read and everything is written."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db.models import Q

from core import clock
from core.models import JobRun
from search.index import indices
from search.index.sync import BATCH, all_texts_sync
from search.models import NeedText

JOB = "search.index.rebuild"
LEASE = timedelta(minutes=10)


class RebuildRunningError(Exception):
    """Somebody else rebuilds right now."""


def rebuild(*, tell: Callable[[str], None] = lambda _line: None) -> int:
    """Rebuild both indexes from the needs; return how many can be found afterwards.

    Readers get the old index until the new one is complete. What changes meanwhile is
    written to both. Interrupted, the old index stays as it was.

    Raises:
        RebuildRunningError: another process is at it.
    """
    _take_lease()
    try:
        for done in all_texts_sync():
            _extend_lease()
            tell(f"database: {done} needs in step")
        if settings.ELASTICSEARCH_URL:
            _rebuild_documents(tell)
    finally:
        JobRun.objects.filter(name=JOB).update(leased_until=None, finished_at=clock.now())
    return NeedText.objects.filter(is_public=True).count()


def _rebuild_documents(tell: Callable[[str], None]) -> None:
    name = indices.index_create()
    try:
        _copy(name, tell)
        indices.index_switch(name)
    except BaseException:
        indices.index_drop(name)
        raise
    tell(f"elasticsearch: {name} is read now")


def _copy(name: str, tell: Callable[[str], None]) -> None:
    last, done = 0, 0
    rows = NeedText.objects.filter(is_public=True).order_by("need_id")
    while batch := list(rows.filter(need_id__gt=last)[:BATCH]):
        indices.push(batch, into=[name])
        last, done = batch[-1].need_id, done + len(batch)
        _extend_lease()
        tell(f"elasticsearch: {done} documents")


def _take_lease() -> None:
    now = clock.now()
    JobRun.objects.get_or_create(name=JOB)
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    taken = JobRun.objects.filter(free, name=JOB).update(leased_until=now + LEASE, started_at=now)
    if not taken:
        raise RebuildRunningError("the search index is being rebuilt by another process")


def _extend_lease() -> None:
    JobRun.objects.filter(name=JOB).update(leased_until=clock.now() + LEASE)
