"""What time alone brings about: sessions expire, delayed money arrives, refunds go through."""

from collections.abc import Callable
from typing import Any

from . import payments, refunding
from .events import emit
from .state import Store


def expire_session(store: Store, session: dict[str, Any]) -> None:
    """Close an open session and cancel its payment; nothing to undo, as nothing was paid."""
    session |= {"status": "expired", "url": None}
    store.put("checkout.session", session)
    intent = store.get("payment_intent", session["payment_intent"])
    if intent and intent["status"] in payments.OPEN:
        payments.cancel(store, intent, "expired")
    emit(store, "checkout.session.expired", session)


def expire_when_due(store: Store, session_id: str) -> None:
    session = store.get("checkout.session", session_id)
    if session and session["status"] == "open" and session["expires_at"] <= store.now():
        expire_session(store, session)


WORK: dict[str, Callable[[Store, str], None]] = {
    "expire": expire_when_due,
    "settle": payments.settle_late,
    "balance": payments.balance_arrives,
    "refund": refunding.settle,
}


def sweep(store: Store) -> None:
    """Do all that is due on the store's clock. Safe at any moment, any number of times."""
    with store.transaction():
        for timer in store.due_timers():
            WORK[timer["kind"]](store, timer["on"])
