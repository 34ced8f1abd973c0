"""Periodic work of the match funds: one service, safe twice."""

from celery import shared_task

from matching import task_names
from matching.funds.services.reservations import reservations_expire as expire


@shared_task(name=task_names.RESERVATIONS_EXPIRE)
def reservations_expire() -> None:
    """Return match money whose lease ended to its funds."""
    expire()
