"""Balance transactions: what each charge and refund did to the balance, with fees."""

from typing import Any

from .. import listing
from ..errors import missing_resource
from ..params import PAGING, currency, text, when
from . import Call

LIST = {**PAGING, "created": when, "currency": currency, "source": text(), "type": text()}


def retrieve(call: Call) -> dict[str, Any]:
    booked = call.store.get("balance_transaction", call.key)
    if not booked:
        raise missing_resource("balance transaction", call.key, "id")
    return booked


def list_all(call: Call) -> dict[str, Any]:
    wanted = {name: call.params[name] for name in ("currency", "source", "type")
              if name in call.params}  # fmt: skip
    return listing.page(
        call.store, "balance_transaction", call.params, "/v1/balance_transactions",
        lambda row: all(row[name] == value for name, value in wanted.items()),
    )  # fmt: skip
