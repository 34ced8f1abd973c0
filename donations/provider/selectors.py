"""What of the provider's news waits for a person: events, disputes, refunds."""

from datetime import timedelta

from django.db.models import Q, QuerySet

from core import clock
from donations.models import Dispute, EventSettlement, Payment, ProviderEvent, Refund
from donations.states import (
    DisputeStatus,
    EventStatus,
    HeldProblem,
    RefundStatus,
)

# An event not worked off by then needs a person.
STUCK_AFTER = timedelta(minutes=10)


def events_held() -> QuerySet[ProviderEvent]:
    """Return webhook events that a person has to look at, newest first.

    Held ones, and those that were received a while ago and still not worked off.
    """
    stuck = Q(status=EventStatus.RECEIVED, received_at__lt=clock.now() - STUCK_AFTER)
    rows = ProviderEvent.objects.filter(Q(status=EventStatus.HELD) | stuck)
    return rows.prefetch_related("settlements").order_by("-created", "pk")


def events_settled() -> QuerySet[ProviderEvent]:
    """Return those that a person settled, newest first."""
    rows = ProviderEvent.objects.filter(status=EventStatus.SETTLED)
    return rows.prefetch_related("settlements__decided_by").order_by("-processed_at", "pk")


def event_to_settle(pk: str) -> ProviderEvent | None:
    """Return one event that waits for a person, or was settled by one."""
    return events_held().filter(pk=pk).first() or events_settled().filter(pk=pk).first()


def settlements_of(event: ProviderEvent) -> list[EventSettlement]:
    """Return what was proposed for an event; read already where it was found with them."""
    return list(event.settlements.all())


def settlement_proposed(event: ProviderEvent) -> EventSettlement | None:
    """Return the proposal that waits for a second person, if there is one."""
    waiting = event.settlements.waiting()
    return waiting.select_related("proposed_by").first()


def event_problem(event: ProviderEvent) -> HeldProblem:
    """Return what is wrong with an event; one without a word was never worked off."""
    return HeldProblem(event.problem) if event.problem else HeldProblem.STUCK


def payment_of_event(event: ProviderEvent) -> Payment | None:
    """Return the attempt that an event speaks of, if it is one of ours."""
    if not event.object_id:
        return None
    named = (
        Q(session_id=event.object_id)
        | Q(intent_id=event.object_id)
        | Q(disputes__pk=event.object_id)
    )
    found = Payment.objects.filter(named, provider=event.provider).select_related(
        "donation__need", "donation__campaign", "donation__receipt"
    )
    return found.first()


def disputes() -> QuerySet[Dispute]:
    """Return payers' disputes, open ones first, then the latest."""
    rows = Dispute.objects.select_related(
        "payment__donation__need", "payment__donation__campaign", "payment__donation__receipt"
    )
    # "open" sorts between "lost" and "won".
    return rows.annotate(is_over=~Q(status=DisputeStatus.OPEN)).order_by("is_over", "-opened_at")


def disputes_open() -> QuerySet[Dispute]:
    """Return the disputes that are not decided."""
    return Dispute.objects.filter(status=DisputeStatus.OPEN)


def refunds_waiting() -> QuerySet[Refund]:
    """Return refunds that wait for the provider's answer, oldest first."""
    rows = Refund.objects.filter(status=RefundStatus.RESERVED)
    return rows.select_related("donation__receipt", "donation__need").order_by("pk")
