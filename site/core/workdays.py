"""Working days in mainland China: Monday to Friday, corrected by the published holidays.

The holidays are the State Council's arrangement for 2026 (published 2025-11-04). The one
for a year appears each November; until a year stands here it counts as having none.
"""

from datetime import date, timedelta


def _days(first: date, last: date) -> set[date]:
    return {first + timedelta(n) for n in range((last - first).days + 1)}


HOLIDAYS = frozenset(
    _days(date(2026, 1, 1), date(2026, 1, 3))
    | _days(date(2026, 2, 15), date(2026, 2, 23))
    | _days(date(2026, 4, 4), date(2026, 4, 6))
    | _days(date(2026, 5, 1), date(2026, 5, 5))
    | _days(date(2026, 6, 19), date(2026, 6, 21))
    | _days(date(2026, 9, 25), date(2026, 9, 27))
    | _days(date(2026, 10, 1), date(2026, 10, 7))
)
# Weekend days worked in exchange.
WORKED_WEEKENDS = frozenset(
    {
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    }
)


def is_working_day(day: date) -> bool:
    """Return whether offices work on that day."""
    if day in HOLIDAYS:
        return False
    return day.weekday() < 5 or day in WORKED_WEEKENDS


def working_days_after(day: date, count: int) -> date:
    """Return the ``count``-th working day after ``day``; the day itself never counts."""
    while count:
        day += timedelta(1)
        count -= is_working_day(day)
    return day
