"""Tasks of search: keep the index in step."""

from celery import shared_task

from search import task_names
from search.index import drift, sync


@shared_task(name=task_names.NEED_SYNC)
def need_sync(need_id: int) -> None:
    """Make the index agree with one need as it is now."""
    sync.need_sync(need_id=need_id)


@shared_task(name=task_names.INDEX_REPAIR)
def index_repair() -> None:
    """Find and mend what the promises missed."""
    drift.repair()
