"""The list of stories, of needs and of villages together, and their cards."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Value
from django.utils.translation import gettext as _
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.models import Locale

from cms.cards.need_cards import COVER
from cms.models.stories import NeedStory
from cms.models.story_pages import StoryPage

NEED, VILLAGE = "need", "village"
RENDITIONS = "cover__renditions"


@dataclass(frozen=True, slots=True)
class StoryCard:
    """What a story's card shows, by the names of the card component's contract."""

    title: str
    url: str
    text: str
    meta: str
    image_url: str
    image_alt: str


def all_stories(locale: Locale) -> Any:
    """Return ``(id, first published, kind)`` of every story, newest first, for paging.

    Stories of needs are one row for both languages; pages of villages are one a language.
    """
    needs = NeedStory.objects.shown().values_list("pk", "first_published_at")
    pages = StoryPage.objects.live().filter(locale=locale).values_list("pk", "first_published_at")
    both = _kind(needs, NEED).union(_kind(pages, VILLAGE), all=True)
    return both.order_by("-first_published_at", "-pk")


def _kind(rows: Any, kind: str) -> Any:
    label = Value(kind, output_field=CharField())
    return rows.order_by().annotate(kind=label)


def latest_stories(*, limit: int) -> list[NeedStory | StoryPage]:
    """Return the newest stories of the language being read."""
    return stories_of(list(all_stories(Locale.get_active())[:limit]))


def stories_of(rows: list[tuple[int, datetime, str]]) -> list[NeedStory | StoryPage]:
    """Read the stories behind rows of ``all_stories``: two queries, in their order."""
    ids: dict[str, list[int]] = {NEED: [], VILLAGE: []}
    for pk, _at, kind in rows:
        ids[kind].append(pk)
    places = "need__village__region__parent"
    found: dict[str, dict[int, Any]] = {
        NEED: NeedStory.objects.select_related("cover", places)
        .prefetch_related(RENDITIONS)
        .in_bulk(ids[NEED]),
        VILLAGE: StoryPage.objects.select_related("cover", "village__region")
        .prefetch_related(RENDITIONS)
        .in_bulk(ids[VILLAGE]),
    }
    return [found[kind][pk] for pk, _at, kind in rows if pk in found[kind]]


def story_cards(stories: list[NeedStory | StoryPage]) -> list[StoryCard]:
    """Return cards of stories, in their order."""
    return [_card(story) for story in stories]


def _card(story: NeedStory | StoryPage) -> StoryCard:
    cover = story.cover
    image = get_rendition_or_not_found(cover, COVER).url if cover else ""
    alt = cover.alt if cover else ""
    if isinstance(story, NeedStory):
        township = story.need.village.township
        meta = " · ".join(
            part
            for part in (story.need.get_category_display(), township.label if township else "")
            if part
        )
        return StoryCard(story.label, story.get_absolute_url(), story.intro, meta, image, alt)
    meta = story.village.label if story.village else _("村里的事")
    return StoryCard(story.title, story.url, story.summary, meta, image, alt)
