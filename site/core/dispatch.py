"""The one door to the queue: a promise in the outbox, delivered at least once."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from functools import partial

from celery import current_app
from django.conf import settings
from django.db import models, transaction

from core import clock, sql
from core.models import Outbox

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 12
DELIVER = "core.outbox_deliver"

# An equal pending promise is locked until this transaction ends: kept before that, its task
# would not see what this transaction changed, and nobody would call it again. One claimed
# meanwhile is pending no more, and both databases then insert after all.
PROMISE = """
INSERT INTO core_outbox (task, kwargs, key, created_at, due_at, attempts, last_error)
VALUES (%s, %s, %s, %s, %s, 0, '')
ON CONFLICT (key) WHERE dead_at IS NULL AND done_at IS NULL AND leased_until IS NULL
DO UPDATE SET due_at = core_outbox.due_at
RETURNING id, created_at = %s
"""

_unpromised: ContextVar[bool] = ContextVar("unpromised", default=False)


@contextmanager
def nothing_promised() -> Iterator[None]:
    """Promise nothing in this context: its caller does what the tasks would have done."""
    token = _unpromised.set(True)
    try:
        yield
    finally:
        _unpromised.reset(token)


def enqueue_on_commit(task: str, /, *, key: str | None = None, **kwargs: int | str) -> None:
    """Promise that the named task runs after the surrounding transaction commits.

    Pass ids, never personal data. ``key`` names equal work: while such a promise is
    pending, another is not made, and it is not kept before this transaction ends. The task
    runs at least once and must bear repetition.
    """
    if _unpromised.get():
        return
    now = sql.stored(clock.now())
    with sql.joined():
        ((pk, is_new),) = sql.rows(PROMISE, [task, sql.stored(kwargs), key, now, now, now])
        if is_new:
            transaction.on_commit(partial(_ring, pk), robust=True)


def _ring(outbox_id: int) -> None:
    """Hurry the promise along; the sweep finds it anyway if the broker is away."""
    if not settings.OUTBOX_PING:
        return
    try:
        current_app.send_task(DELIVER, kwargs={"outbox_id": outbox_id}, retry=False)
    except Exception:  # noqa: BLE001 no broker fault may reach the person who just gave
        logger.warning("outbox %s: the broker did not take the call", outbox_id)


def outbox_due(*, limit: int = 200) -> list[int]:
    """Return ids of promises that are due and held by nobody."""
    now = clock.now()
    rows = Outbox.objects.filter(done_at__isnull=True, dead_at__isnull=True, due_at__lte=now)
    rows = rows.filter(models.Q(leased_until__isnull=True) | models.Q(leased_until__lt=now))
    return list(rows.order_by("due_at").values_list("pk", flat=True)[:limit])


def outbox_deliver(*, outbox_id: int) -> bool:
    """Do the promised work if nobody else is doing it; return whether it was done now.

    The claim is one conditional UPDATE, so two workers never run one promise at once. A
    worker that dies keeps the claim only until its lease ends.
    """
    now = clock.now()
    free = models.Q(leased_until__isnull=True) | models.Q(leased_until__lt=now)
    claimed = Outbox.objects.filter(
        free, pk=outbox_id, done_at__isnull=True, dead_at__isnull=True, due_at__lte=now
    ).update(leased_until=now + LEASE, attempts=models.F("attempts") + 1)
    if not claimed:
        return False
    row = Outbox.objects.get(pk=outbox_id)
    try:
        current_app.tasks[row.task].run(**row.kwargs)
    except Exception as error:  # noqa: BLE001 the row keeps what went wrong
        _postpone(row, error)
        return False
    Outbox.objects.filter(pk=outbox_id).update(done_at=clock.now(), last_error="")
    return True


def _postpone(row: Outbox, error: Exception) -> None:
    logger.exception("outbox %s (%s) failed, attempt %s", row.pk, row.task, row.attempts)
    now = clock.now()
    dead = row.attempts >= MAX_ATTEMPTS
    # Held by its lease rather than freed: a freed row could collide with a newer equal one.
    retry_at = now + timedelta(seconds=min(2**row.attempts, 900))
    Outbox.objects.filter(pk=row.pk).update(
        due_at=retry_at,
        leased_until=retry_at,
        dead_at=now if dead else None,
        last_error=f"{type(error).__name__}: {error}"[:2000],
    )


def outbox_prune(*, older_than_days: int = 14) -> int:
    """Delete promises kept long ago; return how many."""
    limit = clock.now() - timedelta(days=older_than_days)
    return Outbox.objects.filter(done_at__lt=limit).delete()[0]
