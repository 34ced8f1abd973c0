"""Checkout Sessions in ``mode=payment`` on the hosted page."""

from typing import Any

from .. import listing
from ..errors import StripeError, missing_param, missing_resource
from ..expansion import line_items_of
from ..params import (
    EXPAND,
    PAGING,
    array_of,
    boolean,
    currency,
    email,
    hash_of,
    integer,
    metadata,
    one_of,
    required,
    text,
    url,
    when,
)  # fmt: skip
from ..settings import LARGEST_AMOUNT, money
from ..state import Store, new_id
from ..sweep import expire_session
from . import Call
from .payment_methods import METHOD_FILTERS, METHOD_OPTIONS, method_types, only

LOCALES = (
    "auto", "bg", "cs", "da", "de", "el", "en", "en-GB", "es", "es-419", "et", "fi", "fil",
    "fr", "fr-CA", "hi-IN", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "mt", "nb",
    "nl", "pl", "pt", "pt-BR", "ro", "ru", "sk", "sl", "sv", "th", "tr", "vi", "zh", "zh-HK",
    "zh-TW",
)  # fmt: skip
SHORTEST, LONGEST = 30 * 60, 24 * 60 * 60


INTENT_DATA = {
    "capture_method": only("automatic_async", "automatic", "automatic_async", "manual"),
    "description": text(longest=1000),
    "metadata": metadata,
    "receipt_email": email,
    "statement_descriptor": text(longest=22),
    "statement_descriptor_suffix": text(longest=22),
    "transfer_group": text(),
}
LINE_ITEM = {
    "price": text(),
    "price_data": hash_of(
        {
            "currency": required(currency),
            "unit_amount": required(integer(smallest=0, largest=LARGEST_AMOUNT)),
            "tax_behavior": one_of("exclusive", "inclusive", "unspecified"),
            "product_data": required(
                hash_of(
                    {
                        "name": required(text()),
                        "description": text(),
                        "images": array_of(url, longest=8),
                        "metadata": metadata,
                        "tax_code": text(),
                    }
                )
            ),
        }
    ),
    "quantity": integer(smallest=1, largest=999_999),
    "metadata": metadata,
}
CREATE = {
    "mode": required(only("payment", "payment", "setup", "subscription")),
    "ui_mode": only("hosted_page", "elements", "embedded_page", "form", "hosted_page"),
    "success_url": url,
    "cancel_url": url,
    "line_items": array_of(hash_of(LINE_ITEM)),
    "client_reference_id": text(longest=200),
    "currency": currency,
    "customer_email": email,
    "customer_creation": only("if_required", "always", "if_required"),
    "billing_address_collection": only("auto", "auto", "required"),
    "phone_number_collection": hash_of({"enabled": required(boolean)}),
    "metadata": metadata,
    "payment_intent_data": hash_of(INTENT_DATA),
    "payment_method_options": METHOD_OPTIONS,
    "expires_at": integer(smallest=0),
    "locale": one_of(*LOCALES),
    "submit_type": one_of("auto", "book", "donate", "pay", "subscribe"),
    **METHOD_FILTERS,
    **EXPAND,
}
LIST = {
    **PAGING,
    "created": when,
    "payment_intent": text(),
    "status": one_of("complete", "expired", "open"),
    "customer_details": hash_of({"email": required(email)}),
}


def create(call: Call) -> dict[str, Any]:
    store, params = call.store, call.params
    for name in ("line_items", "success_url"):
        if not params.get(name):
            raise missing_param(name)
    currency_ = _currency(params)
    rows = _line_items(params["line_items"])
    total = sum(row["amount_total"] for row in rows)
    _check_total(store, total, currency_)
    now = store.now()
    expires_at = params.get("expires_at", now + LONGEST)
    if "expires_at" in params:
        _check_expiry(expires_at - now)
    key = new_id("cs_test_")
    session = _built(store, key, params)
    session |= {
        "amount_subtotal": total,
        "amount_total": total,
        "currency": currency_,
        "created": now,
        "expires_at": expires_at,
        "payment_method_types": method_types(params, currency_),
    }
    store.put("checkout.session", session)
    store.private(key, line_items=rows, payment_intent_data=params.get("payment_intent_data", {}))
    store.start_timer(expires_at - store.clock(), "expire", key)
    return session


def retrieve(call: Call) -> dict[str, Any]:
    session = call.store.get("checkout.session", call.key)
    if not session:
        raise missing_resource("checkout.session", call.key, "session")
    return session


def list_all(call: Call) -> dict[str, Any]:
    params = call.params

    def keep(row: dict[str, Any]) -> bool:
        wanted = params.get("customer_details", {}).get("email")
        return (
            params.get("status", row["status"]) == row["status"]
            and params.get("payment_intent", row["payment_intent"]) == row["payment_intent"]
            and wanted in {None, (row["customer_details"] or {}).get("email")}
        )

    return listing.page(call.store, "checkout.session", params, "/v1/checkout/sessions", keep)


def list_line_items(call: Call) -> dict[str, Any]:
    rows = line_items_of(call.store, retrieve(call))
    limit = call.params.get("limit", 10)
    return {**rows, "data": rows["data"][:limit], "has_more": len(rows["data"]) > limit}


def expire(call: Call) -> dict[str, Any]:
    session = retrieve(call)
    if session["status"] != "open":
        raise StripeError(
            'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout '
            f"Session has a status of `{session['status']}`.",
            executed=True,
        )
    expire_session(call.store, session)
    return session


def _built(store: Store, key: str, params: dict[str, Any]) -> dict[str, Any]:
    blank = dict.fromkeys(
        (
            "adaptive_pricing", "after_expiration", "allow_promotion_codes",
            "allowed_payment_method_types", "billing_address_collection", "branding_settings",
            "cancel_url", "client_reference_id", "client_secret", "collected_information",
            "consent", "consent_collection", "currency_conversion", "customer", "customer_account",
            "customer_details", "customer_email", "discounts", "excluded_payment_method_types",
            "integration_identifier", "invoice", "locale", "origin_context", "payment_intent",
            "payment_link", "payment_method_configuration_details", "permissions",
            "recovered_from", "saved_payment_method_options", "setup_intent",
            "shipping_address_collection", "shipping_cost", "submit_type", "subscription",
            "wallet_options",
        )
    )  # fmt: skip
    given = {name: params[name] for name in blank if name in params}
    return {
        "id": key,
        "object": "checkout.session",
        **blank,
        **given,
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "custom_fields": [],
        "custom_text": dict.fromkeys(
            ("after_submit", "shipping_address", "submit", "terms_of_service_acceptance")
        ),
        "customer_creation": "if_required",
        "invoice_creation": {"enabled": False, "invoice_data": None},
        "livemode": False,
        "metadata": params.get("metadata", {}),
        "mode": "payment",
        "payment_method_collection": "if_required",
        "payment_method_options": params.get("payment_method_options", {}),
        "payment_status": "unpaid",
        "phone_number_collection": params.get("phone_number_collection", {"enabled": False}),
        "shipping_options": [],
        "status": "open",
        "success_url": params["success_url"],
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "ui_mode": "hosted_page",
        "url": f"{store.settings.base_url}/pay/{key}",
    }


def _currency(params: dict[str, Any]) -> str:
    for index, item in enumerate(params["line_items"]):
        where = f"line_items[{index}]"
        if "price" in item:
            raise StripeError(
                f"No such price: '{item['price']}'", code="resource_missing",
                param=f"{where}[price]",
            )  # fmt: skip
        if "price_data" not in item:
            raise missing_param(f"{where}[price_data]")
        if "quantity" not in item:
            raise missing_param(f"{where}[quantity]")
    found = {item["price_data"]["currency"] for item in params["line_items"]}
    found |= {params["currency"]} if "currency" in params else set()
    if len(found) > 1:
        raise StripeError(
            "You can not pass in multiple currencies. All line items need to have the same "
            "currency.",
            param="line_items",
        )
    return found.pop()


def _line_items(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for item in items:
        price = item["price_data"]
        amount = price["unit_amount"] * item["quantity"]
        rows.append({
            "id": new_id("li_"),
            "object": "item",
            "amount_discount": 0,
            "amount_subtotal": amount,
            "amount_tax": 0,
            "amount_total": amount,
            "currency": price["currency"],
            "description": price["product_data"]["name"],
            "details": price["product_data"].get("description"),
            "metadata": item.get("metadata", {}),
            "price": {"id": new_id("price_"), "object": "price", "active": False,
                      "currency": price["currency"], "type": "one_time",
                      "unit_amount": price["unit_amount"]},
            "quantity": item["quantity"],
        })  # fmt: skip
    return rows


def _check_total(store: Store, total: int, currency_: str) -> None:
    smallest = store.settings.minimum_amounts.get(currency_, 50)
    if total < smallest:
        raise StripeError(
            "The Checkout Session's total amount must convert to at least "
            f"{money(smallest, currency_)}.",
            code="amount_too_small",
        )
    if total > LARGEST_AMOUNT:
        raise StripeError(
            "The Checkout Session's total amount due must be no more than "
            f"{money(LARGEST_AMOUNT, currency_)}.",
            code="amount_too_large",
        )


def _check_expiry(seconds: int) -> None:
    if seconds < SHORTEST:
        raise StripeError(
            "The `expires_at` timestamp must be at least 30 minutes from Checkout Session "
            "creation.",
            param="expires_at",
        )
    if seconds > LONGEST:
        raise StripeError(
            "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
            param="expires_at",
        )
