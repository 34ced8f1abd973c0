"""What components of a page are filled with: rows, columns, facts, tabs, crumbs, options."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.timezone import localtime

PAGE_SIZE = 20
Row = TypeVar("Row", bound=Model)
Cells = list[Any]


def page_of(request: HttpRequest, rows: "QuerySet[Row]") -> "Page[Row]":
    """Return the page asked for; a number that is none gives the nearest."""
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def columns(*labels: str, numeric: Sequence[int] = ()) -> list[dict[str, Any]]:
    """Return columns of a data table; ``numeric`` are indices set right."""
    return [{"label": label, "numeric": index in numeric} for index, label in enumerate(labels)]


def facts(pairs: Iterable[tuple[str, object]]) -> list[dict[str, object]]:
    """Return rows of a fact list, empty values left out, days as 2026-10-17."""
    return [
        {"term": term, "value": value.isoformat() if isinstance(value, date) else value}
        for term, value in pairs
        if value not in ("", None)
    ]


def moment(at: datetime | None) -> str:
    """Return day and minute where the reader is, as 2026-10-17 09:30; "" for none."""
    return f"{localtime(at):%Y-%m-%d %H:%M}" if at else ""


def crumbs(*items: tuple[str, str]) -> list[dict[str, str]]:
    """Return breadcrumb items of (text, address); the page itself comes last and has none."""
    return [{"text": text, "url": url} for text, url in items]


def tab(text: str, url: str, *, current: bool, count: int | None = None) -> dict[str, Any]:
    """Return an item of the tabs, with how much waits there if that is told."""
    return {"text": text, "url": url, "current": current, "count": count}


def options(pairs: Iterable[tuple[str, str]], chosen: str) -> list[dict[str, Any]]:
    """Return options of a select from (value, label), the chosen one marked."""
    return [{"value": value, "label": label, "selected": value == chosen} for value, label in pairs]
