"""Tasks of the provider: each takes ids, calls one service, is safe twice."""

from celery import shared_task
from django.db import OperationalError

from donations import task_names
from donations.provider.services.dispute_mail import dispute_mail
from donations.provider.services.inbox import event_process
from donations.provider.services.payments import gifts_expire_unpaid, payments_reconcile_stuck
from donations.provider.services.refund_requests import refunds_resume


@shared_task(
    name=task_names.PROVIDER_EVENT_PROCESS,
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
)
def process_event(event_id: str) -> None:
    """Act on a kept webhook event."""
    event_process(event_id=event_id)


@shared_task(name=task_names.GIFTS_EXPIRE_UNPAID)
def expire_unpaid() -> None:
    """Free the room of gifts that were begun and never paid."""
    gifts_expire_unpaid()


@shared_task(name=task_names.PAYMENTS_RECONCILE_STUCK)
def reconcile_stuck() -> None:
    """Ask the provider about payments whose news may have been lost."""
    payments_reconcile_stuck()


@shared_task(name=task_names.REFUNDS_RESUME)
def resume_refunds() -> None:
    """Go on with refunds whose answer was lost."""
    refunds_resume()


@shared_task(name=task_names.DISPUTE_TELL)
def tell_of_dispute(dispute_id: str, status: str) -> None:
    """Tell the fund officers that a payer's dispute began or ended."""
    dispute_mail(dispute_id=dispute_id, status=status)
