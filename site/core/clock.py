"""The one clock: UTC instants and the programme's own calendar day."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PROGRAMME_ZONE = ZoneInfo("Asia/Shanghai")


_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return _pretended.get() or datetime.now(UTC)


@contextmanager
def pretend(instant: datetime) -> Iterator[None]:
    """Let ``now`` stand still at an aware instant in this context.

    The demo writes its history with it, and tests go where they need to be.
    """
    if instant.tzinfo is None:
        raise ValueError("an aware instant is needed")
    token = _pretended.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _pretended.reset(token)


def today() -> date:
    """Return the calendar day in the programme's time zone; caps and 10·17 use it."""
    return day_of(now())


def day_of(instant: datetime) -> date:
    """Return the programme's calendar day that holds an aware instant."""
    return instant.astimezone(PROGRAMME_ZONE).date()
