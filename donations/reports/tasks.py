"""The task of the reports: calls one service, is safe twice."""

from celery import shared_task

from donations import task_names
from donations.reports.services import reports_build_due


@shared_task(name=task_names.REPORTS_BUILD_DUE)
def build_due_reports() -> None:
    """Publish the transparency reports that are due."""
    reports_build_due()
