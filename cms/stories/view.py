"""A need's story as a page, for readers and for the editor's preview."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import translation
from wagtail.images.shortcuts import get_rendition_or_not_found

from cms.cards.need_cards import need_card
from cms.cards.supply import need_with_story
from cms.stories.updates import deliveries_of
from matching.states import NeedStatus

if TYPE_CHECKING:
    from cms.models import NeedStory

HERO = "fill-1200x640|format-webp"
SHARED = "fill-1200x630|format-jpeg"


def story_response(request: HttpRequest, story: "NeedStory", *, language: str) -> TemplateResponse:
    """Return the story's page. The caller has decided that the reader may see it."""
    with translation.override(language):
        need = need_with_story(story.need_id)
        cover = story.cover
        context = {
            "story": story,
            "need": need,
            "card": need_card(need),
            "hero": get_rendition_or_not_found(cover, HERO) if cover else None,
            "shared": get_rendition_or_not_found(cover, SHARED) if cover else None,
            "is_open": need.status == NeedStatus.PUBLISHED,
            "deliveries": deliveries_of(need),
            "language": language,
        }
        response = TemplateResponse(request, "cms/stories/story.html", context)
        response.render()
    return response
