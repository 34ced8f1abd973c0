"""Which story of a need may be seen, from rows that ``supply.needs_with_story`` has read."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist

from matching.models import Need

if TYPE_CHECKING:
    from cms.models import NeedStory


def story_of(need: Need) -> "NeedStory | None":
    """Return the need's story if it is live and the household's consent stands, else None."""
    row: Any = need
    try:
        story = row.story
    except ObjectDoesNotExist:
        return None
    return story if story.live and row.story_consented else None
