"""What happens to a PaymentIntent: tried, authenticated, processing, paid, failed, cancelled."""

from typing import Any

from . import builders, checkout, disputing
from .cards import MESSAGES, Instrument, refusal
from .errors import StripeError, unexpected_state
from .events import emit
from .state import Store

OPEN = ("requires_payment_method", "requires_confirmation", "requires_action")
AUTHENTICATION_FAILED = (
    "The provided PaymentMethod has failed authentication. You can provide payment_method_data "
    "or a new PaymentMethod to attempt to fulfill this PaymentIntent again."
)
LATE_FAILURE = "The customer's bank refused the payment."


def confirm(store: Store, intent: dict[str, Any], instrument: Instrument) -> None:
    """Try to pay ``intent``; raises the card error of a refused card, after booking the refusal."""
    if intent["status"] not in OPEN:
        raise unexpected_state(
            "You cannot confirm this PaymentIntent because it has already succeeded after being "
            "previously confirmed."
            if intent["status"] == "succeeded"
            else f"You cannot confirm this PaymentIntent because it has a status of "
            f"{intent['status']}.",
            intent,
        )
    method = builders.payment_method(store, instrument)
    intent |= {"payment_method": method["id"], "last_payment_error": None, "next_action": None}
    store.private(intent["id"], instrument=instrument.saved(), payment_method=method)
    needs_customer = instrument.kind != "card" or bool(
        instrument.card and instrument.card.three_d_secure
    )
    if needs_customer and not instrument.later:
        _ask_customer(store, intent, instrument)
    else:
        _charge(store, intent, instrument)


def authorize(store: Store, intent: dict[str, Any], *, agreed: bool) -> None:
    """The payer's answer at the bank's or the wallet's page; raises the card error it leads to."""
    if intent["status"] != "requires_action":
        raise unexpected_state(f"This PaymentIntent has a status of {intent['status']}.", intent)
    intent["next_action"] = None
    instrument = Instrument.load(store.private(intent["id"])["instrument"])
    if agreed:
        _charge(store, intent, instrument)
        return
    error = {
        "code": "payment_intent_authentication_failure",
        "message": AUTHENTICATION_FAILED,
        "type": "card_error" if instrument.kind == "card" else "invalid_request_error",
    }
    _fail(store, intent, error)


def cancel(store: Store, intent: dict[str, Any], reason: str | None) -> None:
    if intent["status"] not in OPEN:
        raise unexpected_state(
            f"You cannot cancel this PaymentIntent because it has a status of {intent['status']}. "
            "Only a PaymentIntent with one of the following statuses may be canceled: "
            "requires_payment_method, requires_capture, requires_confirmation, requires_action, "
            "processing.",
            intent,
        )
    intent |= {
        "status": "canceled",
        "canceled_at": store.now(),
        "cancellation_reason": reason,
        "next_action": None,
    }
    store.put("payment_intent", intent)
    emit(store, "payment_intent.canceled", intent)


def settle_late(store: Store, intent_id: str) -> None:
    """The end of a delayed payment, as chosen when it was made."""
    intent = store.get("payment_intent", intent_id)
    if not intent or intent["status"] != "processing":
        return
    charge = store.get("charge", intent["latest_charge"])
    instrument = Instrument.load(store.private(intent_id)["instrument"])
    if instrument.later == "succeed":
        _succeed(store, intent, charge, instrument)
        return
    charge |= {"status": "failed", "failure_code": "payment_declined",
               "failure_message": LATE_FAILURE}  # fmt: skip
    store.put("charge", charge)
    emit(store, "charge.failed", charge)
    error = {"code": "payment_intent_payment_attempt_failed", "message": LATE_FAILURE,
             "type": "invalid_request_error", "charge": charge["id"]}  # fmt: skip
    _fail(store, intent, error)
    checkout.payment_failed_later(store, intent)


def book_balance(store: Store, charge_id: str) -> None:
    """Give a paid charge its balance transaction, with the fee of its kind."""
    charge = store.get("charge", charge_id)
    if not charge or charge["balance_transaction"]:
        return
    kind = charge["payment_method_details"]["type"]
    booked = builders.balance_transaction(
        store,
        charge,
        kind="charge" if kind == "card" else "payment",
        amount=charge["amount"],
        fee=builders.fee_of(store.settings, kind, charge["amount"]),
    )
    store.put("balance_transaction", booked)
    charge["balance_transaction"] = booked["id"]
    store.put("charge", charge)


def balance_arrives(store: Store, charge_id: str) -> None:
    book_balance(store, charge_id)
    emit(store, "charge.updated", store.get("charge", charge_id), {"balance_transaction": None})


def _ask_customer(store: Store, intent: dict[str, Any], instrument: Instrument) -> None:
    url = f"{store.settings.base_url}/pay/authorize/{intent['id']}"
    redirect = {"url": url, "return_url": store.private(intent["id"]).get("return_url")}
    if instrument.kind == "wechat_pay":
        action = {"type": "wechat_pay_display_qr_code",
                  "wechat_pay_display_qr_code": {"data": url, "hosted_instructions_url": url,
                                                 "image_url_png": f"{url}/qr.svg",
                                                 "image_url_svg": f"{url}/qr.svg"}}  # fmt: skip
    elif instrument.kind == "alipay":
        action = {"type": "alipay_handle_redirect",
                  "alipay_handle_redirect": {**redirect, "native_data": None,
                                             "native_url": None}}  # fmt: skip
    else:
        action = {"type": "redirect_to_url", "redirect_to_url": redirect}
    intent |= {"status": "requires_action", "next_action": action}
    store.put("payment_intent", intent)
    emit(store, "payment_intent.requires_action", intent)


def _charge(store: Store, intent: dict[str, Any], instrument: Instrument) -> None:
    charge = builders.charge(store, intent, instrument)
    intent["latest_charge"] = charge["id"]
    if instrument.card and instrument.card.code:
        raise _decline(store, intent, charge, instrument)
    if not instrument.later:
        _succeed(store, intent, charge, instrument)
        return
    store.put("charge", charge)
    intent["status"] = "processing"
    store.put("payment_intent", intent)
    emit(store, "charge.pending", charge)
    emit(store, "payment_intent.processing", intent)
    store.start_timer(store.settings.settlement_delay, "settle", intent["id"])
    checkout.payment_done(store, intent, instrument)


def _succeed(
    store: Store, intent: dict[str, Any], charge: dict[str, Any], instrument: Instrument
) -> None:
    was_processing = intent["status"] == "processing"
    charge |= {"status": "succeeded", "paid": True, "captured": True,
               "amount_captured": charge["amount"], "outcome": _outcome(None)}  # fmt: skip
    store.put("charge", charge)
    if store.settings.balance_delay > 0:
        store.start_timer(store.settings.balance_delay, "balance", charge["id"])
    else:
        book_balance(store, charge["id"])
    intent |= {"status": "succeeded", "amount_received": intent["amount"],
               "last_payment_error": None}  # fmt: skip
    store.put("payment_intent", intent)
    emit(store, "charge.succeeded", charge)
    emit(store, "payment_intent.succeeded", intent)
    if was_processing:
        checkout.payment_arrived_later(store, intent)
    else:
        checkout.payment_done(store, intent, instrument)
    if instrument.card and instrument.card.disputed:
        disputing.open_dispute(store, charge, instrument.card.disputed)


def _decline(
    store: Store, intent: dict[str, Any], charge: dict[str, Any], instrument: Instrument
) -> StripeError:
    card = instrument.card
    if card is None or card.code is None:
        raise ValueError("only a refusing card is declined")
    message = MESSAGES.get(card.decline_code or "") or MESSAGES[card.code]
    charge |= {"status": "failed", "failure_code": card.code, "failure_message": message,
               "outcome": _outcome(card.decline_code)}  # fmt: skip
    store.put("charge", charge)
    emit(store, "charge.failed", charge)
    error = {"charge": charge["id"], "code": card.code, "decline_code": card.decline_code,
             "message": message, "type": "card_error"}  # fmt: skip
    _fail(store, intent, error)
    return refusal(card.code, card.decline_code, charge=charge["id"], payment_intent=intent)


def _fail(store: Store, intent: dict[str, Any], error: dict[str, Any]) -> None:
    method = store.private(intent["id"])["payment_method"]
    intent |= {"status": "requires_payment_method", "payment_method": None,
               "last_payment_error": {**error, "payment_method": method}}  # fmt: skip
    store.put("payment_intent", intent)
    emit(store, "payment_intent.payment_failed", intent)


def _outcome(decline_code: str | None) -> dict[str, Any]:
    if decline_code:
        return {"network_status": "declined_by_network", "reason": decline_code,
                "risk_level": "normal", "seller_message": "The bank declined the payment.",
                "type": "issuer_declined"}  # fmt: skip
    return {"network_status": "approved_by_network", "reason": None, "risk_level": "normal",
            "seller_message": "Payment complete.", "type": "authorized"}  # fmt: skip
