"""The one clock: UTC instants and the programme's own calendar day."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PROGRAMME_ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the calendar day in the programme's time zone; caps and 10·17 use it."""
    return day_of(now())


def day_of(instant: datetime) -> date:
    """Return the programme's calendar day that holds an aware instant."""
    return instant.astimezone(PROGRAMME_ZONE).date()
