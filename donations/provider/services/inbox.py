"""Webhook events: kept by their id, then acted on by looking at what is true now."""

from django.db import transaction

from core import clock
from core.dispatch import enqueue_on_commit
from donations import task_names
from donations.exceptions import EventHeldError, PaymentRefusedError
from donations.models import ProviderEvent
from donations.provider.gateways import known
from donations.provider.gateways.base import EventMeaning, GatewayEvent
from donations.provider.services.disputes import dispute_sync
from donations.provider.services.synchronising import payment_sync
from donations.states import EventStatus, HeldProblem

DONE = {EventStatus.PROCESSED, EventStatus.IGNORED, EventStatus.SETTLED}


@transaction.atomic
def event_store(*, provider: str, event: GatewayEvent) -> bool:
    """Keep a verified event and queue it; return whether it was new."""
    _row, created = ProviderEvent.objects.get_or_create(
        id=event.id,
        defaults={
            "provider": provider,
            "type": event.type,
            "object_id": event.object_id,
            "livemode": event.livemode,
            "created": event.created,
        },
    )
    if created:
        enqueue_on_commit(task_names.PROVIDER_EVENT_PROCESS, event_id=event.id)
    return created


def event_process(*, event_id: str) -> ProviderEvent:
    """Act on a kept event; done means done. Call outside any transaction.

    One that can change nothing of what we hold is left alone. What contradicts our record is
    held with what is wrong, for a person to decide.

    Raises:
        PaymentUnavailableError: the provider did not answer, or the settings name it no
            more; process it again later.
    """
    row = ProviderEvent.objects.get(pk=event_id)
    if row.status in DONE:
        return row
    status, problem, note = EventStatus.IGNORED, "", ""
    meaning = known(row.provider).meaning(row.type)
    if row.object_id and meaning is not EventMeaning.NOTHING:
        try:
            if _bring_in_line(row, meaning):
                status = EventStatus.PROCESSED
        except EventHeldError as held:
            status, problem, note = EventStatus.HELD, held.problem, str(held)
        except PaymentRefusedError as no:
            status, problem, note = EventStatus.HELD, HeldProblem.REFUSED, str(no)
    # Somebody may have settled it while the provider was asked.
    ProviderEvent.objects.filter(pk=row.pk).exclude(status__in=DONE).update(
        status=status, problem=problem, note=note[:200], processed_at=clock.now()
    )
    row.refresh_from_db()
    return row


def _bring_in_line(event: ProviderEvent, meaning: EventMeaning) -> bool:
    if meaning is EventMeaning.DISPUTE:
        return dispute_sync(provider=event.provider, dispute_id=event.object_id)
    return payment_sync(provider=event.provider, object_id=event.object_id)
