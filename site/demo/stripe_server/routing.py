"""The API's addresses, and the way from a request to its answer."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .errors import unknown_route
from .expansion import check, expanded
from .params import EXPAND, PAGING, Schema, validate
from .resources import (
    Call,
    balance_transactions,
    charges,
    disputes,
    events,
    payment_intents,
    refunds,
    sessions,
)  # fmt: skip
from .state import Store


@dataclass(frozen=True, slots=True)
class Route:
    method: str
    path: str
    handler: Callable[[Call], dict[str, Any]]
    schema: Schema

    @property
    def kind(self) -> str:
        """The ``object`` this route answers with, or lists."""
        return KINDS[self.path.split("/")[2]]

    def match(self, method: str, path: str) -> re.Match[str] | None:
        pattern = self.path.replace(":id", "(?P<key>[A-Za-z0-9_]+)")
        return re.fullmatch(pattern, path) if method == self.method else None


KINDS = {
    "checkout": "checkout.session",
    "payment_intents": "payment_intent",
    "charges": "charge",
    "balance_transactions": "balance_transaction",
    "disputes": "dispute",
    "refunds": "refund",
    "events": "event",
}
ROUTES = (
    Route("POST", "/v1/checkout/sessions", sessions.create, sessions.CREATE),
    Route("GET", "/v1/checkout/sessions", sessions.list_all, sessions.LIST),
    Route("GET", "/v1/checkout/sessions/:id", sessions.retrieve, EXPAND),
    Route("POST", "/v1/checkout/sessions/:id/expire", sessions.expire, EXPAND),
    Route("GET", "/v1/checkout/sessions/:id/line_items", sessions.list_line_items, PAGING),
    Route("POST", "/v1/payment_intents", payment_intents.create, payment_intents.CREATE),
    Route("GET", "/v1/payment_intents", payment_intents.list_all, payment_intents.LIST),
    Route("GET", "/v1/payment_intents/:id", payment_intents.retrieve, EXPAND),
    Route("POST", "/v1/payment_intents/:id", payment_intents.update, payment_intents.UPDATE),
    Route("POST", "/v1/payment_intents/:id/confirm", payment_intents.confirm,
          payment_intents.CONFIRM),
    Route("POST", "/v1/payment_intents/:id/cancel", payment_intents.cancel,
          payment_intents.CANCEL),
    Route("GET", "/v1/charges", charges.list_all, charges.LIST),
    Route("GET", "/v1/charges/:id", charges.retrieve, EXPAND),
    Route("GET", "/v1/balance_transactions", balance_transactions.list_all,
          balance_transactions.LIST),
    Route("GET", "/v1/balance_transactions/:id", balance_transactions.retrieve, EXPAND),
    Route("GET", "/v1/disputes", disputes.list_all, disputes.LIST),
    Route("GET", "/v1/disputes/:id", disputes.retrieve, EXPAND),
    Route("POST", "/v1/disputes/:id", disputes.update, disputes.UPDATE),
    Route("POST", "/v1/disputes/:id/close", disputes.close, EXPAND),
    Route("POST", "/v1/refunds", refunds.create, refunds.CREATE),
    Route("GET", "/v1/refunds", refunds.list_all, refunds.LIST),
    Route("GET", "/v1/refunds/:id", refunds.retrieve, EXPAND),
    Route("GET", "/v1/events", events.list_all, events.LIST),
    Route("GET", "/v1/events/:id", events.retrieve, EXPAND),
)  # fmt: skip


def find(method: str, path: str) -> tuple[Route, str]:
    """The route and the id in the path; raises StripeError (404) for anything else."""
    for route in ROUTES:
        found = route.match(method, path)
        if found:
            return route, found.groupdict().get("key", "")
    raise unknown_route(method, path)


def run(store: Store, route: Route, key: str, raw: dict[str, Any]) -> dict[str, Any]:
    """Read the parameters and do the work; ``expand`` is checked before anything changes."""
    params = validate(route.schema, raw)
    paths = params.pop("expand", [])
    check(paths, route.kind, listed=route.handler.__name__.startswith("list_"))
    with store.transaction():
        return expanded(store, route.handler(Call(store, params, key)), paths)
