"""Tasks of the kernel: deliver the outbox."""

from celery import shared_task
from django.db import OperationalError

from core.dispatch import DELIVER, outbox_deliver, outbox_due, outbox_prune


@shared_task(name=DELIVER, autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def deliver(outbox_id: int) -> None:
    """Deliver one promise; harmless if it is already kept."""
    outbox_deliver(outbox_id=outbox_id)


@shared_task(name="core.outbox_sweep")
def sweep() -> None:
    """Deliver whatever is due and was not hurried along."""
    for outbox_id in outbox_due():
        outbox_deliver(outbox_id=outbox_id)


@shared_task(name="core.outbox_prune")
def prune() -> None:
    """Forget promises kept two weeks ago."""
    outbox_prune()
