"""How a refund goes through, or fails after all."""

from typing import Any

from . import builders
from .events import emit
from .state import Store


def book(store: Store, refund: dict[str, Any], charge: dict[str, Any]) -> None:
    """Take the money off the balance and mark the charge; the refund is still pending."""
    kind = "refund" if charge["payment_method_details"]["type"] == "card" else "payment_refund"
    booked = builders.balance_transaction(store, refund, kind=kind, amount=-refund["amount"])
    store.put("balance_transaction", booked)
    refund["balance_transaction"] = booked["id"]
    before = {"amount_refunded": charge["amount_refunded"], "refunded": charge["refunded"]}
    charge["amount_refunded"] += refund["amount"]
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    store.put("charge", charge)
    at_once = store.settings.refund_delay <= 0
    refund["status"] = "succeeded" if at_once else "pending"
    store.put("refund", refund)
    emit(store, "refund.created", refund)
    emit(store, "charge.refunded", charge, before)
    if not at_once:
        store.start_timer(store.settings.refund_delay, "refund", refund["id"])


def settle(store: Store, refund_id: str) -> None:
    refund = store.get("refund", refund_id)
    if refund and refund["status"] == "pending":
        refund["status"] = "succeeded"
        store.put("refund", refund)
        emit(store, "refund.updated", refund, {"status": "pending"})


def fail(store: Store, refund: dict[str, Any]) -> None:
    """The bank sends it back: the money returns to the balance and can be refunded again."""
    charge = store.get("charge", refund["charge"])
    booked = builders.balance_transaction(
        store, refund, kind="refund_failure", amount=refund["amount"]
    )
    store.put("balance_transaction", booked)
    before = {"status": refund["status"]}
    refund |= {"status": "failed", "failure_reason": "expired_or_canceled_card",
               "failure_balance_transaction": booked["id"]}  # fmt: skip
    store.put("refund", refund)
    charge["amount_refunded"] -= refund["amount"]
    charge["refunded"] = False
    store.put("charge", charge)
    emit(store, "refund.updated", refund, before)
    emit(store, "refund.failed", refund)
