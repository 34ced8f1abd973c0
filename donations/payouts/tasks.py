"""Tasks of deliveries: each takes ids, calls one service, is safe twice."""

from celery import shared_task
from django.db import OperationalError

from donations import task_names
from donations.payouts.services.deliveries import delivery_tell
from donations.payouts.services.delivery_mail import delivery_mail


@shared_task(
    name=task_names.DELIVERY_TELL,
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
)
def tell_givers(delivery_id: int) -> None:
    """Note who hears of a delivery."""
    delivery_tell(delivery_id=delivery_id)


@shared_task(name=task_names.DELIVERY_MAIL)
def mail_delivery(notice_id: int) -> None:
    """Tell one giver of a delivery."""
    delivery_mail(notice_id=notice_id)
