"""Tasks: ids in, one service called, safe to run twice."""

from celery import shared_task

from donations import task_names
from donations.services.seals import ledger_seal as seal_entries
from donations.services.tallies import tally_fold as fold_tallies


@shared_task(name=task_names.TALLY_FOLD)
def tally_fold() -> None:
    """Bring the boards up to date."""
    fold_tallies()


@shared_task(name=task_names.LEDGER_SEAL)
def ledger_seal() -> None:
    """Seal what was booked since the last run."""
    seal_entries()
