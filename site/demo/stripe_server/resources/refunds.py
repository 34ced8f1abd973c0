"""Refunds by charge or PaymentIntent, in parts, never more than is left."""

from typing import Any

from .. import builders, listing, refunding
from ..errors import StripeError, missing_param, missing_resource
from ..params import EXPAND, PAGING, integer, metadata, one_of, text, when
from ..settings import money
from . import Call

CREATE = {
    "charge": text(),
    "payment_intent": text(),
    "amount": integer(smallest=1),
    "reason": one_of("duplicate", "fraudulent", "requested_by_customer"),
    "metadata": metadata,
    **EXPAND,
}
LIST = {**PAGING, "created": when, "charge": text(), "payment_intent": text()}


def create(call: Call) -> dict[str, Any]:
    charge = _charge(call)
    if charge["status"] != "succeeded":
        raise StripeError(
            f"This PaymentIntent ({charge['payment_intent']}) does not have a successful charge to "
            "refund.",
            executed=True,
        )
    if charge["disputed"]:
        raise StripeError(
            f"Charge {charge['id']} has been charged back; cannot issue a refund.",
            code="charge_disputed",
            executed=True,
        )
    left = charge["amount"] - charge["amount_refunded"]
    if left == 0:
        raise StripeError(
            f"Charge {charge['id']} has already been refunded.",
            code="charge_already_refunded",
            executed=True,
        )
    amount = call.params.get("amount", left)
    if amount > left:
        raise _too_much(charge, amount, left)
    refund = builders.refund(call.store, charge, {**call.params, "amount": amount})
    refunding.book(call.store, refund, charge)
    return refund


def retrieve(call: Call) -> dict[str, Any]:
    refund = call.store.get("refund", call.key)
    if not refund:
        raise missing_resource("refund", call.key, "id")
    return refund


def list_all(call: Call) -> dict[str, Any]:
    wanted = {name: call.params[name] for name in ("charge", "payment_intent")
              if name in call.params}  # fmt: skip
    return listing.page(
        call.store, "refund", call.params, "/v1/refunds",
        lambda row: all(row[name] == value for name, value in wanted.items()),
    )  # fmt: skip


def _charge(call: Call) -> dict[str, Any]:
    charge_id, intent_id = call.params.get("charge"), call.params.get("payment_intent")
    if not charge_id and not intent_id:
        raise missing_param("charge")
    if charge_id:
        charge = call.store.get("charge", charge_id)
        if not charge:
            raise missing_resource("charge", charge_id, "charge")
        if intent_id not in {None, charge["payment_intent"]}:
            raise StripeError(
                f"Charge {charge_id} does not belong to PaymentIntent {intent_id}.",
                param="payment_intent",
            )
        return charge
    intent = call.store.get("payment_intent", intent_id)
    if not intent:
        raise missing_resource("payment_intent", intent_id, "payment_intent")
    charge = call.store.get("charge", intent["latest_charge"])
    return charge or {"status": "none", "payment_intent": intent_id}


def _too_much(charge: dict[str, Any], amount: int, left: int) -> StripeError:
    """Stripe sends no ``code`` with this one, only the parameter and the sentence."""
    asked, rest = money(amount, charge["currency"]), money(left, charge["currency"])
    what = "unrefunded amount on charge" if charge["amount_refunded"] else "charge amount"
    return StripeError(
        f"Refund amount ({asked}) is greater than {what} ({rest})", param="amount", executed=True
    )
