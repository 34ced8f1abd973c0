"""Tasks of receipts: each takes ids, calls one service, is safe twice."""

from celery import shared_task

from donations import task_names
from donations.receipts.services.receipt_mail import receipt_mail
from donations.receipts.services.receipts import receipt_issue


@shared_task(name=task_names.RECEIPT_ISSUE)
def issue_receipt(donation_id: int) -> None:
    """Give a collected gift its receipt."""
    receipt_issue(donation_id=donation_id)


@shared_task(name=task_names.RECEIPT_MAIL)
def mail_receipt(receipt_id: int) -> None:
    """Send a receipt to its donor."""
    receipt_mail(receipt_id=receipt_id)
