"""A payer's dispute: the money is taken at once with a fee, and given back if it is won."""

from typing import Any

from . import builders
from .events import emit
from .state import Store, new_id

FEE = 1_500
DAYS_TO_ANSWER = 9
# As in Stripe's test mode: evidence with these words decides at once.
WINNING, LOSING = "winning_evidence", "losing_evidence"
OPEN = ("needs_response", "under_review")


def open_dispute(store: Store, charge: dict[str, Any], reason: str) -> dict[str, Any]:
    """Dispute a whole charge; the balance is short of it, and of the fee, from now on."""
    dispute = {
        "id": new_id("du_"),
        "object": "dispute",
        "amount": charge["amount"],
        "balance_transactions": [],
        "charge": charge["id"],
        "created": store.now(),
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": {"uncategorized_text": None},
        "evidence_details": {
            "due_by": store.now() + DAYS_TO_ANSWER * 86_400,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "payment_method_details": {
            "card": {"brand": "visa", "case_type": "chargeback", "network_reason_code": "10"},
            "type": "card",
        },
        "reason": reason,
        "status": "needs_response",
    }
    _book(store, dispute, amount=-charge["amount"], fee=FEE)
    store.put("dispute", dispute)
    charge["disputed"] = True
    store.put("charge", charge)
    emit(store, "charge.dispute.created", dispute)
    emit(store, "charge.dispute.funds_withdrawn", dispute)
    return dispute


def submit(store: Store, dispute: dict[str, Any], evidence: dict[str, str]) -> None:
    """Take evidence; the two agreed texts decide at once, any other is looked at."""
    dispute["evidence"] |= evidence
    details = dispute["evidence_details"]
    details |= {"has_evidence": True, "submission_count": details["submission_count"] + 1}
    dispute["status"] = "under_review"
    store.put("dispute", dispute)
    emit(store, "charge.dispute.updated", dispute)
    words = dispute["evidence"]["uncategorized_text"]
    if words in {WINNING, LOSING}:
        end(store, dispute, won=words == WINNING)


def end(store: Store, dispute: dict[str, Any], *, won: bool) -> None:
    """The bank's decision; the fee stays paid either way."""
    dispute["status"] = "won" if won else "lost"
    if won:
        _book(store, dispute, amount=dispute["amount"], fee=0)
    store.put("dispute", dispute)
    if won:
        emit(store, "charge.dispute.funds_reinstated", dispute)
    emit(store, "charge.dispute.closed", dispute)


def _book(store: Store, dispute: dict[str, Any], *, amount: int, fee: int) -> None:
    booked = builders.balance_transaction(store, dispute, kind="adjustment", amount=amount, fee=fee)
    store.put("balance_transaction", booked)
    dispute["balance_transactions"].append(booked)
