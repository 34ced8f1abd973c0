"""The task of the ledger: calls one service, is safe twice."""

from celery import shared_task

from donations import task_names
from donations.books.services.seals import ledger_seal


@shared_task(name=task_names.LEDGER_SEAL)
def seal_entries() -> None:
    """Seal what was booked since the last run."""
    ledger_seal()
