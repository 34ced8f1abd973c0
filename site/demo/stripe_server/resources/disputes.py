"""Disputes: read, answered with evidence, given up."""

from typing import Any

from .. import disputing, listing
from ..errors import StripeError, missing_resource
from ..params import EXPAND, PAGING, boolean, hash_of, merged_metadata, metadata, text, when
from . import Call

LIST = {**PAGING, "created": when, "charge": text(), "payment_intent": text()}
EVIDENCE = {
    "customer_name": text(),
    "product_description": text(longest=20_000),
    "uncategorized_text": text(longest=20_000),
}
UPDATE = {"evidence": hash_of(EVIDENCE), "metadata": metadata, "submit": boolean, **EXPAND}


def retrieve(call: Call) -> dict[str, Any]:
    dispute = call.store.get("dispute", call.key)
    if not dispute:
        raise missing_resource("dispute", call.key, "id")
    return dispute


def list_all(call: Call) -> dict[str, Any]:
    wanted = {name: call.params[name] for name in ("charge", "payment_intent")
              if name in call.params}  # fmt: skip
    return listing.page(
        call.store, "dispute", call.params, "/v1/disputes",
        lambda row: all(row[name] == value for name, value in wanted.items()),
    )  # fmt: skip


def update(call: Call) -> dict[str, Any]:
    """Evidence is submitted unless ``submit`` is false."""
    dispute = _open(call)
    dispute["metadata"] = merged_metadata(dispute["metadata"], call.params.get("metadata", {}))
    call.store.put("dispute", dispute)
    evidence = call.params.get("evidence")
    if evidence and call.params.get("submit", True):
        disputing.submit(call.store, dispute, evidence)
    elif evidence:
        dispute["evidence"] |= evidence
        dispute["evidence_details"]["has_evidence"] = True
        call.store.put("dispute", dispute)
    return dispute


def close(call: Call) -> dict[str, Any]:
    """Give up: the dispute is lost."""
    dispute = _open(call)
    disputing.end(call.store, dispute, won=False)
    return dispute


def _open(call: Call) -> dict[str, Any]:
    dispute = retrieve(call)
    if dispute["status"] not in disputing.OPEN:
        raise StripeError("This dispute is already closed.", executed=True)
    return dispute
