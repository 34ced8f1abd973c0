"""Queue work of cms."""

from celery import shared_task

from cms.stories.publishing import scheduled_publish as publish_due


@shared_task(name="cms.scheduled_publish")
def scheduled_publish() -> None:
    """Publish and expire what is due."""
    publish_due()
