"""Periodic work: each calls one service and is safe twice."""

from celery import shared_task

from matching import task_names
from matching.services.publicity import publicity_close_due as close_due
from matching.services.reservations import reservations_expire as expire


@shared_task(name=task_names.PUBLICITY_CLOSE_DUE)
def publicity_close_due() -> None:
    """End notices whose time is up."""
    close_due()


@shared_task(name=task_names.RESERVATIONS_EXPIRE)
def reservations_expire() -> None:
    """Return match money whose lease ended to its funds."""
    expire()
