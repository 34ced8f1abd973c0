"""Which story a need shows, and which needs still wait for one."""

from django.db.models import QuerySet

from cms.models import NeedStory
from matching.models import Need
from matching.states import NeedStatus


def live_story_for(need: Need) -> NeedStory | None:
    """Return the story to show on the need's page: live, and both consents in force."""
    return NeedStory.objects.shown().select_related("cover").filter(need=need).first()


def needs_awaiting_story() -> QuerySet[Need]:
    """Return verified needs without a story, longest waiting first. Nothing of a household."""
    return (
        Need.objects.filter(status=NeedStatus.VERIFIED, story__isnull=True)
        .select_related("village__region__parent", "project")
        .order_by("verified_at", "pk")
    )
