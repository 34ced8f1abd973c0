"""Tasks of the ledger, the boards and the reports: each calls one service, is safe twice."""

from celery import shared_task

from donations import task_names
from donations.services.reports import reports_build_due
from donations.services.seals import ledger_seal
from donations.services.tallies import tally_fold


@shared_task(name=task_names.TALLY_FOLD)
def fold_tallies() -> None:
    """Bring the boards up to date."""
    tally_fold()


@shared_task(name=task_names.LEDGER_SEAL)
def seal_entries() -> None:
    """Seal what was booked since the last run."""
    ledger_seal()


@shared_task(name=task_names.REPORTS_BUILD_DUE)
def build_due_reports() -> None:
    """Publish the transparency reports that are due."""
    reports_build_due()
