"""Tasks of search: keep the index in step."""

from celery import shared_task

from search import sync, task_names


@shared_task(name=task_names.NEED_SYNC)
def need_sync(need_id: int) -> None:
    """Make the index agree with one need as it is now."""
    sync.need_sync(need_id=need_id)
