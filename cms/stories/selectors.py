"""Which needs still wait for a story."""

from django.db.models import QuerySet

from matching.models import Need
from matching.states import NeedStatus


def needs_awaiting_story() -> QuerySet[Need]:
    """Return verified needs without a story, longest waiting first. Nothing of a household."""
    return (
        Need.objects.filter(status=NeedStatus.VERIFIED, story__isnull=True)
        .select_related("village__region__parent", "project")
        .order_by("verified_at", "pk")
    )
