"""Webhook events: kept by their id, then acted on by looking at what is true now."""

from django.db import transaction

from core import clock
from core.dispatch import enqueue_on_commit
from donations import task_names
from donations.exceptions import EventHeldError, PaymentRefusedError
from donations.models import StripeEvent
from donations.provider.gateways.base import GatewayEvent
from donations.provider.services.disputes import dispute_sync
from donations.provider.services.synchronising import payment_sync
from donations.states import EventStatus, HeldProblem

# Events that can change what we hold; any other is kept and left alone.
RELEVANT = ("checkout.session.", "payment_intent.", "charge.", "refund.")
DISPUTE = "charge.dispute."
DONE = {EventStatus.PROCESSED, EventStatus.IGNORED, EventStatus.SETTLED}


@transaction.atomic
def event_store(*, event: GatewayEvent) -> bool:
    """Keep a verified event and queue it; return whether it was new."""
    _row, created = StripeEvent.objects.get_or_create(
        id=event.id,
        defaults={
            "type": event.type,
            "object_id": event.object_id,
            "livemode": event.livemode,
            "created": event.created,
        },
    )
    if created:
        enqueue_on_commit(task_names.STRIPE_EVENT_PROCESS, event_id=event.id)
    return created


def event_process(*, event_id: str) -> StripeEvent:
    """Act on a kept event; done means done. Call outside any transaction.

    What contradicts our record is held with what is wrong, for a person to decide.

    Raises:
        PaymentUnavailableError: the provider did not answer; process it again later.
    """
    row = StripeEvent.objects.get(pk=event_id)
    if row.status in DONE:
        return row
    status, problem, note = EventStatus.IGNORED, "", ""
    if row.object_id and row.type.startswith(RELEVANT):
        try:
            if _bring_in_line(row):
                status = EventStatus.PROCESSED
        except EventHeldError as held:
            status, problem, note = EventStatus.HELD, held.problem, str(held)
        except PaymentRefusedError as no:
            status, problem, note = EventStatus.HELD, HeldProblem.REFUSED, str(no)
    # Somebody may have settled it while the provider was asked.
    StripeEvent.objects.filter(pk=row.pk).exclude(status__in=DONE).update(
        status=status, problem=problem, note=note[:200], processed_at=clock.now()
    )
    row.refresh_from_db()
    return row


def _bring_in_line(event: StripeEvent) -> bool:
    if event.type.startswith(DISPUTE):
        return dispute_sync(dispute_id=event.object_id)
    return payment_sync(object_id=event.object_id)
