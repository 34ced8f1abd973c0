"""Whether the demo county is in the database, whole."""

from django.db import DatabaseError

from core import clock
from core.models import JobRun

NAME = "cms.demo_seed"


def begin() -> None:
    """Note that a seeding began; until ``end`` the county is incomplete."""
    JobRun.objects.update_or_create(
        name=NAME, defaults={"started_at": clock.now(), "finished_at": None}
    )


def end() -> None:
    """Note that everything is there."""
    JobRun.objects.filter(name=NAME).update(finished_at=clock.now())


def is_whole() -> bool:
    """Return whether a seeding came to its end here."""
    return JobRun.objects.filter(name=NAME, finished_at__isnull=False).exists()


def is_broken() -> bool:
    """Return whether a seeding began here and did not come to its end."""
    try:
        return JobRun.objects.filter(name=NAME, finished_at__isnull=True).exists()
    except DatabaseError:
        # No table yet: nothing was begun.
        return False
