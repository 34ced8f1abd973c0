"""List answers: newest first, filtered, paged by id."""

from collections.abc import Callable
from typing import Any

from .errors import missing_resource
from .state import Store

COMPARE: dict[str, Callable[[int, int], bool]] = {
    "gt": int.__gt__,
    "gte": int.__ge__,
    "lt": int.__lt__,
    "lte": int.__le__,
}


def as_list(rows: list[dict[str, Any]], url: str, *, more: bool) -> dict[str, Any]:
    return {"object": "list", "data": rows, "has_more": more, "url": url}


def page(
    store: Store,
    table: str,
    params: dict[str, Any],
    url: str,
    keep: Callable[[dict[str, Any]], bool] = lambda _row: True,
) -> dict[str, Any]:
    """One page of ``table``, with ``created`` and the cursors of ``params`` honoured."""
    rows = [
        row
        for row in reversed(store.table(table).values())
        if keep(row) and _created_within(row, params.get("created", {}))
    ]
    limit = params.get("limit", 10)
    for cursor in ("starting_after", "ending_before"):
        if cursor in params and not store.get(table, params[cursor]):
            raise missing_resource(table.replace("_t", " t"), params[cursor], cursor)
    if "starting_after" in params:
        rows = rows[_position(rows, params["starting_after"]) + 1 :]
    elif "ending_before" in params:
        earlier = rows[: _position(rows, params["ending_before"])]
        return as_list(earlier[-limit:], url, more=len(earlier) > limit)
    return as_list(rows[:limit], url, more=len(rows) > limit)


def _created_within(row: dict[str, Any], bounds: dict[str, int]) -> bool:
    return all(COMPARE[name](row["created"], bound) for name, bound in bounds.items())


def _position(rows: list[dict[str, Any]], key: str) -> int:
    return next((index for index, row in enumerate(rows) if row["id"] == key), len(rows))
