"""``expand[]``: ids replaced by what they name, up to four levels deep."""

import copy
from collections.abc import Callable
from typing import Any

from .errors import StripeError
from .listing import as_list
from .state import Store

Finder = Callable[[Store, dict[str, Any]], Any]

DEEPEST = 4


def _by_id(field: str, *tables: str) -> Finder:
    def find(store: Store, item: dict[str, Any]) -> Any:
        key = item[field]
        found = [store.get(table, key) for table in tables]
        return next((value for value in found if value), key)

    return find


def _nothing(_store: Store, _item: dict[str, Any]) -> None:
    return None


def line_items_of(store: Store, session: dict[str, Any]) -> dict[str, Any]:
    rows = store.private(session["id"])["line_items"]
    return as_list(rows, f"/v1/checkout/sessions/{session['id']}/line_items", more=False)


def _refunds_of(store: Store, charge: dict[str, Any]) -> dict[str, Any]:
    rows = [row for row in store.table("refund").values() if row["charge"] == charge["id"]]
    return as_list(rows[::-1], f"/v1/charges/{charge['id']}/refunds", more=False)


FINDERS: dict[str, dict[str, Finder]] = {
    "checkout.session": {
        "payment_intent": _by_id("payment_intent", "payment_intent"),
        "line_items": line_items_of,
        **dict.fromkeys(("customer", "invoice", "subscription", "setup_intent"), _nothing),
    },
    "payment_intent": {
        "latest_charge": _by_id("latest_charge", "charge"),
        "payment_method": lambda store, item: (
            store.private(item["id"]).get("payment_method") if item["payment_method"] else None
        ),
        "customer": _nothing,
    },
    "charge": {
        "balance_transaction": _by_id("balance_transaction", "balance_transaction"),
        "payment_intent": _by_id("payment_intent", "payment_intent"),
        "refunds": _refunds_of,
        "customer": _nothing,
    },
    "refund": {
        "charge": _by_id("charge", "charge"),
        "payment_intent": _by_id("payment_intent", "payment_intent"),
        "balance_transaction": _by_id("balance_transaction", "balance_transaction"),
    },
    "balance_transaction": {"source": _by_id("source", "charge", "refund")},
}


def expanded(store: Store, item: dict[str, Any], paths: list[str]) -> dict[str, Any]:
    """A copy of ``item`` with ``paths`` filled in; raises StripeError for one that cannot be."""
    result = copy.deepcopy(item)
    for path in paths:
        steps = path.split(".")
        if len(steps) > DEEPEST + (steps[0] == "data"):
            raise StripeError(f"You cannot expand more than 4 levels of a property: {path}")
        _fill(store, result, steps, path)
    return result


def _fill(store: Store, item: dict[str, Any], steps: list[str], path: str) -> None:
    name, rest = steps[0], steps[1:]
    if item["object"] == "list":
        if name != "data":
            raise _refused(path, f" You may want to try expanding 'data.{path}' instead.")
        for row in item["data"]:
            if not rest:
                raise _refused(path)
            _fill(store, row, rest, path)
        return
    finder = FINDERS.get(item["object"], {}).get(name)
    if finder is None:
        raise _refused(path)
    if not isinstance(item.get(name), dict):
        item[name] = copy.deepcopy(finder(store, item))
    if rest and isinstance(item[name], dict):
        _fill(store, item[name], rest, path)


def _refused(path: str, hint: str = "") -> StripeError:
    return StripeError(f"This property cannot be expanded ({path}).{hint}")
