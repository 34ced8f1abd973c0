"""A payer at the hosted page: picks a way to pay, and answers the bank or the wallet."""

from typing import Any

from . import checkout, payments
from .cards import Card, Instrument, card_by_number
from .errors import StripeError
from .state import Store

METHODS = ("card", "alipay", "wechat_pay")


def start(
    store: Store,
    session: dict[str, Any],
    *,
    method: str,
    number: str = "",
    later: str | None = None,
    email: str | None = None,
) -> dict[str, Any]:
    """Try to pay an open session; the PaymentIntent after it. Raises StripeError when refused."""
    if session["status"] != "open":
        raise StripeError(f"This Checkout Session is {session['status']}.")
    if method not in session["payment_method_types"]:
        raise StripeError(f"{method} is not offered here.")
    with store.transaction():
        card: Card | None = card_by_number(number) if method == "card" else None
        intent = checkout.intent_for(store, session)
        payments.confirm(store, intent, Instrument(method, card, later, email))
        return intent


def pay(
    store: Store,
    session_id: str,
    *,
    method: str = "card",
    card: str = "4242424242424242",
    authorize: bool = True,
    later: str | None = None,
    email: str = "payer@example.org",
) -> dict[str, Any]:
    """The whole visit at once; the session as it then stands (still open after a refusal)."""
    with store.transaction():
        session = store.get("checkout.session", session_id)
        if not session:
            raise KeyError(session_id)
        try:
            intent = start(store, session, method=method, number=card, later=later, email=email)
            if intent["status"] == "requires_action":
                payments.authorize(store, intent, agreed=authorize)
        except StripeError as refused:
            if refused.status != 402:
                raise
        return dict(session)
