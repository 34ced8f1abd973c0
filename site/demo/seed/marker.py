"""Whether the demo county is in the database, whole, and at which scale."""

from django.db import DatabaseError
from django.db.models import QuerySet

from core import clock
from core.models import JobRun

PREFIX = "cms.demo_seed.x"


def begin(size: int) -> None:
    """Note that a seeding of that size began; until ``end`` the county is incomplete."""
    JobRun.objects.update_or_create(
        name=f"{PREFIX}{size}", defaults={"started_at": clock.now(), "finished_at": None}
    )


def end() -> None:
    """Note that everything is there."""
    _rows().update(finished_at=clock.now())


def whole_scale() -> int | None:
    """Return the scale of the county that is here; None if none came to its end."""
    name = _rows().filter(finished_at__isnull=False).values_list("name", flat=True).first()
    return int(name.removeprefix(PREFIX)) if name else None


def is_broken() -> bool:
    """Return whether a seeding began here and did not come to its end."""
    try:
        return _rows().filter(finished_at__isnull=True).exists()
    except DatabaseError:
        # No table yet: nothing was begun.
        return False


def _rows() -> QuerySet[JobRun]:
    return JobRun.objects.filter(name__startswith=PREFIX)
