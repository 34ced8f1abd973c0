"""Periodic work of needs: one service, safe twice."""

from celery import shared_task

from matching import task_names
from matching.needs.services.publicity import publicity_close_due as close_due


@shared_task(name=task_names.PUBLICITY_CLOSE_DUE)
def publicity_close_due() -> None:
    """End notices whose time is up."""
    close_due()
