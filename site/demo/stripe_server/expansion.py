"""``expand[]``: ids replaced by what they name, up to four levels deep."""

import copy
from collections.abc import Callable
from typing import Any, NamedTuple

from .errors import StripeError
from .listing import as_list
from .state import Store

DEEPEST = 4


class Property(NamedTuple):
    """``kind`` is the ``object`` found there, "" where nothing below can be expanded."""

    find: Callable[[Store, dict[str, Any]], Any]
    kind: str = ""


def _by_id(field: str, table: str) -> Property:
    return Property(lambda store, item: store.get(table, item[field]) or item[field], table)


def line_items_of(store: Store, session: dict[str, Any]) -> dict[str, Any]:
    rows = store.private(session["id"])["line_items"]
    return as_list(rows, f"/v1/checkout/sessions/{session['id']}/line_items", more=False)


def _refunds_of(store: Store, charge: dict[str, Any]) -> dict[str, Any]:
    rows = [row for row in store.table("refund").values() if row["charge"] == charge["id"]]
    return as_list(rows[::-1], f"/v1/charges/{charge['id']}/refunds", more=False)


def _method_of(store: Store, intent: dict[str, Any]) -> Any:
    return store.private(intent["id"])["payment_method"] if intent["payment_method"] else None


def _source_of(store: Store, booked: dict[str, Any]) -> Any:
    key = booked["source"]
    return store.get("charge", key) or store.get("refund", key) or store.get("dispute", key) or key


NOTHING = Property(lambda _store, _item: None)
PROPERTIES: dict[str, dict[str, Property]] = {
    "checkout.session": {
        "payment_intent": _by_id("payment_intent", "payment_intent"),
        "line_items": Property(line_items_of),
        **dict.fromkeys(("customer", "invoice", "subscription", "setup_intent"), NOTHING),
    },
    "payment_intent": {
        "latest_charge": _by_id("latest_charge", "charge"),
        "payment_method": Property(_method_of),
        "customer": NOTHING,
    },
    "charge": {
        "balance_transaction": _by_id("balance_transaction", "balance_transaction"),
        "payment_intent": _by_id("payment_intent", "payment_intent"),
        "refunds": Property(_refunds_of),
        "customer": NOTHING,
    },
    "refund": {
        "charge": _by_id("charge", "charge"),
        "payment_intent": _by_id("payment_intent", "payment_intent"),
        "balance_transaction": _by_id("balance_transaction", "balance_transaction"),
    },
    "dispute": {
        "charge": _by_id("charge", "charge"),
        "payment_intent": _by_id("payment_intent", "payment_intent"),
    },
    "balance_transaction": {"source": Property(_source_of, "charge")},
}


def check(paths: list[str], kind: str, *, listed: bool) -> None:
    """Refuse what cannot be expanded in ``kind``, or in a list of it, before any work is done."""
    for path in paths:
        steps = path.split(".")
        if listed:
            if steps[0] != "data" or len(steps) == 1:
                raise _refused(path, f" You may want to try expanding 'data.{path}' instead.")
            steps = steps[1:]
        if len(steps) > DEEPEST:
            raise StripeError(f"You cannot expand more than 4 levels of a property: {path}")
        here = kind
        for step in steps:
            known = PROPERTIES.get(here, {}).get(step)
            if known is None:
                raise _refused(path)
            here = known.kind


def expanded(store: Store, item: dict[str, Any], paths: list[str]) -> dict[str, Any]:
    """A copy of ``item`` with ``paths``, which were checked, filled in."""
    result = copy.deepcopy(item)
    for path in paths:
        _fill(store, result, path.split("."))
    return result


def _fill(store: Store, item: dict[str, Any], steps: list[str]) -> None:
    name, rest = steps[0], steps[1:]
    if item["object"] == "list":
        for row in item["data"]:
            _fill(store, row, rest)
        return
    if not isinstance(item.get(name), dict):
        known = PROPERTIES.get(item["object"], {}).get(name, NOTHING)
        item[name] = copy.deepcopy(known.find(store, item))
    if rest and isinstance(item[name], dict):
        _fill(store, item[name], rest)


def _refused(path: str, hint: str = "") -> StripeError:
    return StripeError(f"This property cannot be expanded ({path}).{hint}")
