"""The task of the boards: calls one service, is safe twice."""

from celery import shared_task

from donations import task_names
from donations.tallies.services import tally_fold


@shared_task(name=task_names.TALLY_FOLD)
def fold_tallies() -> None:
    """Bring the boards up to date."""
    tally_fold()
