"""Numbers made ready for drawing: shares, bars, sparklines, page numbers, ages."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django import template
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from core import clock
from core.money import Money

register = template.Library()

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Shares:
    """Parts of a target in percent (0 to 100, one decimal), never above it in sum.

    ``filled`` is both parts, where the striped one ends; ``percent`` is the
    arrived part rounded down, so that 100 means all of it.
    """

    arrived: float
    reserved: float
    filled: float
    percent: int


@register.simple_tag
def shares(arrived: int, reserved: int, target: int) -> Shares:
    """What has arrived and what is reserved, as shares of the target."""
    if not target or target < 0:
        return Shares(0.0, 0.0, 0.0, 0)
    arrived_share = min(100.0, round((arrived or 0) * 100 / target, 1))
    filled = max(
        arrived_share, min(100.0, round(((arrived or 0) + (reserved or 0)) * 100 / target, 1))
    )
    percent = min(100, (arrived or 0) * 100 // target)
    return Shares(arrived_share, round(filled - arrived_share, 1), filled, percent)


@register.simple_tag
def widest(rows: Sequence[dict]) -> float:
    """The greatest ``value`` among chart rows; 1 for an empty or all-zero chart."""
    return max((row["value"] for row in rows), default=0) or 1


@register.simple_tag
def trio_scale(promised: Money, arrived: Money, spent: Money) -> int:
    """The longest of three bars in minor units; 1 where all are zero."""
    return max(promised.minor, arrived.minor, spent.minor) or 1


@register.filter
def grouped(value: int) -> str:
    """Return a count in groups of three, as live_poll.js writes it in both languages."""
    return f"{value:,}"


@register.filter
def percent_of(value: float, whole: float) -> float:
    """``value`` as a percentage of ``whole``, one decimal, within 0 to 100."""
    return max(0.0, min(100.0, round(value * 100 / whole, 1))) if whole else 0.0


@register.simple_tag
def sparkline_points(values: Sequence[float], width: int = 120, height: int = 32) -> str:
    """``points`` of an SVG polyline: oldest left, zero at the foot, 2 units of margin."""
    if not values:
        return ""
    top = max(*values, 0) if len(values) > 1 else max(values[0], 0)
    step = (width - 4) / max(len(values) - 1, 1)
    rise = (height - 4) / (top or 1)
    return " ".join(
        f"{2 + index * step:.1f},{height - 2 - max(value, 0) * rise:.1f}"
        for index, value in enumerate(values)
    )


@register.simple_tag
def page_numbers(page: int, pages: int) -> list[int | str]:
    """First, last, and two either side of ``page``; gaps are an ellipsis."""
    shown = sorted({1, pages, *range(max(1, page - 1), min(pages, page + 1) + 1)})
    numbers: list[int | str] = []
    for number in shown:
        if numbers and number - int(shown[shown.index(number) - 1]) > 1:
            numbers.append(ELLIPSIS)
        numbers.append(number)
    return numbers


@register.simple_tag
def labelled_rows(columns: Sequence[dict], rows: Sequence[Sequence]) -> list[list[dict]]:
    """Table cells with the label and kind of their column, for stacking on a phone.

    A cell is plain text or ``{"text": …, "url": …}``.
    """
    return [
        [
            {
                **(cell if isinstance(cell, dict) else {"text": cell}),
                "label": column["label"],
                "numeric": column.get("numeric", False),
            }
            for column, cell in zip(columns, row, strict=True)
        ]
        for row in rows
    ]


@register.filter
def ago(moment: datetime.datetime | datetime.date | None) -> str:
    """Age in words, whole days from yesterday on: 刚刚, 5 分钟前, 3 小时前, 12 天前."""
    if moment is None:
        return ""
    if not isinstance(moment, datetime.datetime):
        days = (clock.today() - moment).days
        return gettext("今天") if days <= 0 else _days_ago(days)
    seconds = int((clock.now() - moment).total_seconds())
    if seconds < 60:
        return gettext("刚刚")
    if seconds < 3600:
        minutes = seconds // 60
        return ngettext("%(count)d 分钟前", "%(count)d 分钟前", minutes) % {"count": minutes}
    if seconds < 86_400:
        hours = seconds // 3600
        return ngettext("%(count)d 小时前", "%(count)d 小时前", hours) % {"count": hours}
    return _days_ago(seconds // 86_400)


def _days_ago(days: int) -> str:
    return ngettext("%(count)d 天前", "%(count)d 天前", days) % {"count": days}


@register.filter
def moment(value: datetime.date) -> str:
    """Return a day as ``2026-10-17`` and an instant as ``2026-10-17 09:30``, local time.

    A delivery has a day, a decision an instant; the timeline shows both.
    """
    if isinstance(value, datetime.datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return f"{value:%Y-%m-%d}"
