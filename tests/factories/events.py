"""Webhook events that wait for a person, and payers' disputes."""

from core import clock
from donations.models import Dispute, EventSettlement, Payment, ProviderEvent
from donations.states import EventStatus, HeldProblem, SettlementKind
from matching.states import Role
from tests.factories.matching import make_person


def held_event(**fields) -> ProviderEvent:
    """Return an event about an unknown payment, held."""
    values = {
        "id": f"evt_held_{ProviderEvent.objects.count()}",
        "type": "charge.updated",
        "provider": "stripe",
        "object_id": "pi_unknown",
        "created": clock.now(),
        "status": EventStatus.HELD,
        "problem": HeldProblem.UNKNOWN_GIFT,
        "note": "no gift D0",
    }
    return ProviderEvent.objects.create(**(values | fields))


def proposed_event() -> ProviderEvent:
    """Return a held event for which somebody proposed to book a returned refund."""
    event = held_event(problem=HeldProblem.REFUND_RETURNED)
    EventSettlement.objects.create(
        event=event,
        kind=SettlementKind.REFUND_RETURNED,
        reason="后台显示银行退回。",
        amount_minor=5_000,
        proposed_by=make_person(Role.FUND_OFFICER),
    )
    return event


def open_dispute(payment: Payment) -> Dispute:
    """Return a payer's dispute of a whole payment, past the services."""
    return Dispute.objects.create(
        id=f"du_{payment.pk}",
        payment=payment,
        amount_minor=payment.donation.amount_minor,
        reason="fraudulent",
        opened_at=clock.now(),
        due_at=clock.now(),
    )
