"""What happens to a Checkout Session after it was made; its payment is ``payments``' matter."""

from typing import Any
from urllib.parse import quote

from . import builders
from .cards import Instrument
from .events import emit
from .state import Store


def intent_for(store: Store, session: dict[str, Any]) -> dict[str, Any]:
    """The session's PaymentIntent, made at the first attempt to pay and not before."""
    known = store.get("payment_intent", session["payment_intent"])
    if known:
        return known
    wanted = store.private(session["id"])["payment_intent_data"]
    intent = builders.payment_intent(
        store,
        {
            "amount": session["amount_total"],
            "currency": session["currency"],
            "payment_method_types": session["payment_method_types"],
            "payment_method_options": session["payment_method_options"] or {},
            **wanted,
        },
    )
    store.put("payment_intent", intent)
    store.private(intent["id"], session=session["id"])
    session["payment_intent"] = intent["id"]
    store.put("checkout.session", session)
    emit(store, "payment_intent.created", intent)
    return intent


def session_of(store: Store, intent: dict[str, Any]) -> dict[str, Any] | None:
    return store.get("checkout.session", store.private(intent["id"]).get("session"))


def payment_done(store: Store, intent: dict[str, Any], instrument: Instrument) -> None:
    """The payer has finished: paid when the money is there, unpaid while it is on its way."""
    session = session_of(store, intent)
    if not session:
        return
    session |= {
        "status": "complete",
        "payment_status": "paid" if intent["status"] == "succeeded" else "unpaid",
        "url": None,
        "customer_details": {
            "address": dict(builders.ADDRESS),
            "business_name": None,
            "email": session["customer_email"] or instrument.email,
            "individual_name": instrument.name,
            "name": instrument.name,
            "phone": None,
            "tax_exempt": "none",
            "tax_ids": [],
        },
    }
    store.put("checkout.session", session)
    emit(store, "checkout.session.completed", session)


def payment_arrived_later(store: Store, intent: dict[str, Any]) -> None:
    session = session_of(store, intent)
    if session:
        session["payment_status"] = "paid"
        store.put("checkout.session", session)
        emit(store, "checkout.session.async_payment_succeeded", session)


def payment_failed_later(store: Store, intent: dict[str, Any]) -> None:
    session = session_of(store, intent)
    if session:
        emit(store, "checkout.session.async_payment_failed", session)


def success_url(session: dict[str, Any]) -> str:
    return session["success_url"].replace("{CHECKOUT_SESSION_ID}", quote(session["id"]))
