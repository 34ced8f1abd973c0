"""Events, as the webhook got them."""

from fnmatch import fnmatchcase
from typing import Any

from .. import listing
from ..errors import StripeError, missing_resource
from ..params import PAGING, array_of, boolean, text, when
from . import Call

LIST = {
    **PAGING,
    "created": when,
    "delivery_success": boolean,
    "type": text(),
    "types": array_of(text(), longest=20),
}


def retrieve(call: Call) -> dict[str, Any]:
    event = call.store.get("event", call.key)
    if not event:
        raise missing_resource("event", call.key, "id")
    return event


def list_all(call: Call) -> dict[str, Any]:
    params = call.params
    if "type" in params and "types" in params:
        raise StripeError(
            "You may only specify one of these parameters: type, types.", param="types"
        )
    wanted = params.get("types", [params["type"]] if "type" in params else ["*"])
    delivered = params.get("delivery_success")

    def keep(row: dict[str, Any]) -> bool:
        return any(fnmatchcase(row["type"], kind) for kind in wanted) and (
            delivered is None or delivered == (row["pending_webhooks"] == 0)
        )

    return listing.page(call.store, "event", params, "/v1/events", keep)
