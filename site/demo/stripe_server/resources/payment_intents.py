"""PaymentIntents made directly or by Checkout; the latter can be read and labelled only."""

from typing import Any

from .. import builders, checkout, listing, payments
from ..cards import CARDS, PAYMENT_METHODS, Instrument
from ..errors import StripeError, missing_resource, unexpected_state
from ..events import emit
from ..params import (
    EXPAND,
    PAGING,
    boolean,
    currency,
    email,
    hash_of,
    integer,
    merged_metadata,
    metadata,
    one_of,
    required,
    text,
    url,
    when,
)  # fmt: skip
from ..settings import LARGEST_AMOUNT, money
from ..state import Store
from . import Call
from .payment_methods import METHOD_FILTERS, METHOD_OPTIONS, method_types, only

PAYMENT = {
    "payment_method": text(),
    "payment_method_data": hash_of(
        {
            "type": required(one_of("alipay", "card", "wechat_pay")),
            "alipay": hash_of({}),
            "wechat_pay": hash_of({}),
            "billing_details": hash_of({"email": email, "name": text()}),
        }
    ),
    "payment_method_options": METHOD_OPTIONS,
    "receipt_email": email,
    "return_url": url,
    **METHOD_FILTERS,
}
CREATE = {
    "amount": required(integer(smallest=1)),
    "currency": required(currency),
    "automatic_payment_methods": hash_of(
        {
            "enabled": required(boolean),
            "allow_redirects": one_of("always", "never"),
        }
    ),
    "capture_method": only("automatic_async", "automatic", "automatic_async", "manual"),
    "confirm": boolean,
    "description": text(longest=1000),
    "metadata": metadata,
    "statement_descriptor": text(longest=22),
    "statement_descriptor_suffix": text(longest=22),
    "transfer_group": text(),
    **PAYMENT,
    **EXPAND,
}
CONFIRM = {**PAYMENT, **EXPAND}
UPDATE = {
    "amount": integer(smallest=1),
    "description": text(longest=1000, clearable=True),
    "metadata": metadata,
    "receipt_email": email,
    **EXPAND,
}
CANCEL = {
    "cancellation_reason": one_of("abandoned", "duplicate", "fraudulent", "requested_by_customer"),
    **EXPAND,
}
LIST = {**PAGING, "created": when}
COPIED = (
    "amount", "currency", "automatic_payment_methods", "allowed_payment_method_types",
    "excluded_payment_method_types", "description", "metadata", "receipt_email",
    "statement_descriptor", "statement_descriptor_suffix", "transfer_group",
    "payment_method_options",
)  # fmt: skip


def create(call: Call) -> dict[str, Any]:
    store, params = call.store, call.params
    _check_amount(store, params["amount"], params["currency"])
    if not params.get("confirm") and "return_url" in params:
        raise StripeError(
            "You can only pass `return_url` when `confirm` is true.", param="return_url"
        )
    given = {name: params[name] for name in COPIED if name in params}
    given["payment_method_types"] = method_types(params, params["currency"])
    if "automatic_payment_methods" not in params and "allowed_payment_method_types" not in params:
        given["automatic_payment_methods"] = {"allow_redirects": "always", "enabled": True}
    intent = builders.payment_intent(store, given)
    instrument = _instrument(intent, params)
    if instrument:
        intent["status"] = "requires_confirmation"
        store.private(intent["id"], instrument=instrument.saved())
    store.put("payment_intent", intent)
    emit(store, "payment_intent.created", intent)
    return _confirmed(store, intent, params) if params.get("confirm") else intent


def retrieve(call: Call) -> dict[str, Any]:
    intent = call.store.get("payment_intent", call.key)
    if not intent:
        raise missing_resource("payment_intent", call.key, "intent")
    return intent


def confirm(call: Call) -> dict[str, Any]:
    intent = retrieve(call)
    _refuse_checkouts(call.store, intent, "confirm")
    return _confirmed(call.store, intent, call.params)


def update(call: Call) -> dict[str, Any]:
    intent, params = retrieve(call), call.params
    if "amount" in params:
        _refuse_checkouts(call.store, intent, "update the amount of")
        if intent["status"] not in payments.OPEN:
            raise unexpected_state(
                "This PaymentIntent's amount could not be updated because it has a status of "
                f"{intent['status']}.",
                intent,
            )
        _check_amount(call.store, params["amount"], intent["currency"])
    if "metadata" in params:
        intent["metadata"] = merged_metadata(intent["metadata"], params["metadata"])
    intent |= {
        name: params[name] for name in ("amount", "description", "receipt_email") if name in params
    }
    return call.store.put("payment_intent", intent)


def cancel(call: Call) -> dict[str, Any]:
    intent = retrieve(call)
    _refuse_checkouts(call.store, intent, "cancel")
    payments.cancel(call.store, intent, call.params.get("cancellation_reason"))
    return intent


def list_all(call: Call) -> dict[str, Any]:
    return listing.page(call.store, "payment_intent", call.params, "/v1/payment_intents")


def _confirmed(store: Store, intent: dict[str, Any], params: dict[str, Any]) -> dict[str, Any]:
    instrument = _instrument(intent, params)
    if not instrument:
        saved = store.private(intent["id"]).get("instrument")
        instrument = Instrument.load(saved) if saved and _waits(intent) else None
    if not instrument:
        raise unexpected_state(
            "You cannot confirm this PaymentIntent because it's missing a payment method. To "
            "confirm the PaymentIntent with a payment method, pass it in `payment_method` or "
            "`payment_method_data`.",
            intent,
        )
    if "return_url" in params:
        store.private(intent["id"], return_url=params["return_url"])
    elif instrument.kind == "alipay":
        raise StripeError(
            "A `return_url` must be provided to confirm a PaymentIntent with this payment method.",
            code="parameter_missing",
            param="return_url",
        )
    payments.confirm(store, intent, instrument)
    return intent


def _waits(intent: dict[str, Any]) -> bool:
    return intent["status"] == "requires_confirmation"


def _instrument(intent: dict[str, Any], params: dict[str, Any]) -> Instrument | None:
    if "payment_method" in params:
        number = PAYMENT_METHODS.get(params["payment_method"])
        if not number:
            raise StripeError(
                f"No such PaymentMethod: '{params['payment_method']}'",
                code="resource_missing",
                param="payment_method",
            )
        found = Instrument("card", CARDS[number])
    elif "payment_method_data" in params:
        found = _from_data(params["payment_method_data"])
    else:
        return None
    if found.kind not in intent["payment_method_types"]:
        raise StripeError(
            f"The PaymentMethod provided ({found.kind}) is not allowed for this PaymentIntent. "
            f"Please provide one of: {', '.join(intent['payment_method_types'])}.",
            param="payment_method",
        )
    return found


def _from_data(data: dict[str, Any]) -> Instrument:
    if data["type"] == "card":
        raise StripeError(
            "Sending credit card numbers directly to the Stripe API is generally unsafe. We "
            "suggest you use test tokens that map to the test card you are using, see "
            "https://stripe.com/docs/testing.",
            status=402,
            param="payment_method_data[card]",
        )
    who = data.get("billing_details", {})
    return Instrument(data["type"], email=who.get("email"), name=who.get("name"))


def _refuse_checkouts(store: Store, intent: dict[str, Any], what: str) -> None:
    if checkout.session_of(store, intent):
        raise StripeError(
            f"You cannot {what} a PaymentIntent that was created by Checkout. To cancel it, "
            "expire the Checkout Session instead.",
            executed=True,
        )


def _check_amount(store: Store, amount: int, currency_: str) -> None:
    smallest = store.settings.minimum_amounts.get(currency_, 50)
    if amount < smallest:
        raise StripeError(
            f"Amount must be at least {money(smallest, currency_)} {currency_}",
            code="amount_too_small",
            param="amount",
        )
    if amount > LARGEST_AMOUNT:
        raise StripeError(
            f"Amount must be no more than {money(LARGEST_AMOUNT, currency_)} {currency_}",
            code="amount_too_large",
            param="amount",
        )
