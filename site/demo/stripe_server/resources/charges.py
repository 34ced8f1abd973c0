"""Charges: what payments left behind, read only."""

from typing import Any

from .. import listing
from ..errors import missing_resource
from ..params import PAGING, text, when
from . import Call

LIST = {**PAGING, "created": when, "payment_intent": text()}


def retrieve(call: Call) -> dict[str, Any]:
    charge = call.store.get("charge", call.key)
    if not charge:
        raise missing_resource("charge", call.key, "id")
    return charge


def list_all(call: Call) -> dict[str, Any]:
    wanted = call.params.get("payment_intent")
    return listing.page(
        call.store, "charge", call.params, "/v1/charges",
        lambda row: wanted in {None, row["payment_intent"]},
    )  # fmt: skip
