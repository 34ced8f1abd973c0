"""Fresh Stripe objects, with every field that this API version shows for them."""

from typing import Any

from .cards import Instrument
from .settings import Settings
from .state import Store, new_id

ADDRESS = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))


def payment_intent(store: Store, given: dict[str, Any]) -> dict[str, Any]:
    """``given`` holds at least amount, currency and payment_method_types."""
    key = new_id("pi_")
    blank = dict.fromkeys(
        (
            "allowed_payment_method_types", "application", "application_fee_amount",
            "automatic_payment_methods", "canceled_at", "cancellation_reason", "customer",
            "customer_account", "description", "excluded_payment_method_types",
            "last_payment_error", "latest_charge", "next_action", "on_behalf_of", "payment_method",
            "payment_method_configuration_details", "processing", "receipt_email", "review",
            "setup_future_usage", "shipping", "source", "statement_descriptor",
            "statement_descriptor_suffix", "transfer_data", "transfer_group",
        )
    )  # fmt: skip
    return {
        "id": key,
        "object": "payment_intent",
        **blank,
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "capture_method": "automatic_async",
        "client_secret": f"{key}_secret_{new_id('')}",
        "confirmation_method": "automatic",
        "created": store.now(),
        "livemode": False,
        "metadata": {},
        "payment_method_options": {},
        "status": "requires_payment_method",
        **given,
    }


def payment_method(store: Store, instrument: Instrument) -> dict[str, Any]:
    details: dict[str, Any] = {}
    if instrument.card:
        details = _card(instrument) | {"exp_month": 12, "exp_year": 2034}
    return {
        "id": new_id("pm_"),
        "object": "payment_method",
        "billing_details": billing(instrument),
        "created": store.now(),
        "customer": None,
        "livemode": False,
        "metadata": {},
        "type": instrument.kind,
        instrument.kind: details,
    }


def charge(store: Store, intent: dict[str, Any], instrument: Instrument) -> dict[str, Any]:
    """A pending charge of the whole intent; ids are ``ch_`` for cards, ``py_`` for wallets."""
    key = new_id("ch_" if instrument.kind == "card" else "py_")
    blank = dict.fromkeys(
        (
            "application", "application_fee", "application_fee_amount", "balance_transaction",
            "customer", "failure_balance_transaction", "failure_code", "failure_message",
            "on_behalf_of", "outcome", "receipt_number", "review", "shipping", "source",
            "source_transfer", "transfer_data", "transfer_group",
        )
    )  # fmt: skip
    return {
        "id": key,
        "object": "charge",
        **blank,
        "amount": intent["amount"],
        "amount_captured": 0,
        "amount_refunded": 0,
        "billing_details": billing(instrument),
        "calculated_statement_descriptor": "AIXIN STAND-IN",
        "captured": False,
        "created": store.now(),
        "currency": intent["currency"],
        "description": intent["description"],
        "disputed": False,
        "fraud_details": {},
        "livemode": False,
        "metadata": dict(intent["metadata"]),
        "paid": False,
        "payment_intent": intent["id"],
        "payment_method": intent["payment_method"],
        "payment_method_details": {"type": instrument.kind, instrument.kind: _details(instrument)},
        "radar_options": {},
        "receipt_email": intent["receipt_email"],
        "receipt_url": f"{store.settings.base_url}/pay/receipt/{key}",
        "refunded": False,
        "statement_descriptor": intent["statement_descriptor"],
        "statement_descriptor_suffix": intent["statement_descriptor_suffix"],
        "status": "pending",
    }


def balance_transaction(
    store: Store, source: dict[str, Any], *, kind: str, amount: int, fee: int = 0
) -> dict[str, Any]:
    """``amount`` is negative for money that leaves; ``net`` is what the balance changes by."""
    names = {"charge": "charge", "payment": "charge", "adjustment": "dispute"}
    fees = []
    if fee:
        fees.append({
            "amount": fee, "application": None, "currency": source["currency"],
            "description": "Stripe processing fees", "type": "stripe_fee",
        })  # fmt: skip
    return {
        "id": new_id("txn_"),
        "object": "balance_transaction",
        "amount": amount,
        "available_on": store.now() + 2 * 86_400,
        "balance_type": "payments",
        "created": store.now(),
        "currency": source["currency"],
        "description": source.get("description"),
        "exchange_rate": None,
        "fee": fee,
        "fee_details": fees,
        "net": amount - fee,
        "reporting_category": names.get(kind, "refund"),
        "source": source["id"],
        "status": "pending",
        "type": kind,
    }


def fee_of(settings: Settings, kind: str, amount: int) -> int:
    return settings.rates.get(kind, settings.rates["card"]).fee(amount)


def refund(store: Store, charge_: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    key = new_id("re_" if charge_["id"].startswith("ch_") else "pyr_")
    kind = charge_["payment_method_details"]["type"]
    return {
        "id": key,
        "object": "refund",
        "amount": given["amount"],
        "balance_transaction": None,
        "charge": charge_["id"],
        "created": store.now(),
        "currency": charge_["currency"],
        "destination_details": {"type": kind, kind: {}},
        "metadata": given.get("metadata", {}),
        "payment_intent": charge_["payment_intent"],
        "reason": given.get("reason"),
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "pending",
        "transfer_reversal": None,
    }


def billing(instrument: Instrument) -> dict[str, Any]:
    return {"address": dict(ADDRESS), "email": instrument.email, "name": instrument.name,
            "phone": None, "tax_id": None}  # fmt: skip


def _card(instrument: Instrument) -> dict[str, Any]:
    card = instrument.card
    if card is None:
        raise ValueError("a card payment needs a card")
    return {
        "brand": card.brand,
        "checks": {"address_line1_check": None, "address_postal_code_check": None,
                   "cvc_check": "pass"},
        "country": "CN" if card.brand == "unionpay" else "US",
        "funding": "credit",
        "last4": card.number[-4:],
        "wallet": None,
    }  # fmt: skip


def _details(instrument: Instrument) -> dict[str, Any]:
    if instrument.kind == "card":
        return _card(instrument) | {"exp_month": 12, "exp_year": 2034, "three_d_secure": None}
    if instrument.kind == "alipay":
        return {"buyer_id": new_id(""), "fingerprint": new_id(""), "transaction_id": new_id("")}
    return {"fingerprint": new_id(""), "location": None, "reader": None,
            "transaction_id": new_id("")}  # fmt: skip
