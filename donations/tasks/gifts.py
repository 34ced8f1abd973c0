"""Tasks of gifts, payments and receipts: each takes ids, calls one service, is safe twice."""

from celery import shared_task
from django.db import OperationalError

from donations import task_names
from donations.services.dispute_mail import dispute_mail
from donations.services.payments import gifts_expire_unpaid, payments_reconcile_stuck
from donations.services.receipt_mail import receipt_mail
from donations.services.receipts import receipt_issue
from donations.services.refund_requests import refunds_resume
from donations.services.stripe_events import event_process


@shared_task(
    name=task_names.STRIPE_EVENT_PROCESS,
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


@shared_task(name=task_names.RECEIPT_ISSUE)
def issue_receipt(donation_id: int) -> None:
    """Give a collected gift its receipt."""
    receipt_issue(donation_id=donation_id)


@shared_task(name=task_names.RECEIPT_MAIL)
def mail_receipt(receipt_id: int) -> None:
    """Send a receipt to its donor."""
    receipt_mail(receipt_id=receipt_id)
