"""Events: a snapshot of the object at the moment it changed, queued for the webhook."""

import copy
from contextvars import ContextVar
from typing import Any

from .settings import API_VERSION
from .state import Store, new_id

NO_REQUEST = {"id": None, "idempotency_key": None}
REQUEST: ContextVar[dict[str, str | None] | None] = ContextVar("request", default=None)


def emit(
    store: Store,
    kind: str,
    subject: dict[str, Any],
    previous: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Record ``kind`` with the API call that caused it; outside of one, request ids are null."""
    data: dict[str, Any] = {"object": copy.deepcopy(subject)}
    if previous:
        data["previous_attributes"] = copy.deepcopy(previous)
    event = {
        "id": new_id("evt_"),
        "object": "event",
        "api_version": API_VERSION,
        "created": store.now(),
        "data": data,
        "livemode": False,
        "pending_webhooks": 1 if store.settings.webhook_url else 0,
        "request": dict(REQUEST.get() or NO_REQUEST),
        "type": kind,
    }
    store.put("event", event)
    store.announce(event)
    return event
