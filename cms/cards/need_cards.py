"""Needs made ready for ``components/need_card.html``."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.templatetags.static import static
from django.utils.translation import gettext as _
from wagtail.images.shortcuts import get_rendition_or_not_found

from cms.cards.story_shown import story_of
from core.money import Money
from matching.models import Need
from matching.states import Category, NeedStatus

COVER = "fill-640x400|format-webp"
CATEGORY_ICONS = {
    Category.EDUCATION: "education",
    Category.MEDICAL: "medical",
    Category.HOUSING: "housing",
    Category.INDUSTRY: "livelihood",
    Category.JOBS: "people",
    Category.TRAINING: "document",
    Category.DAILY_GOODS: "goods",
}
# Village, township and county: a public need passed all three.
VERIFIERS = 3


@dataclass(frozen=True, slots=True)
class NeedCard:
    """What a need's card shows, by the names of the component's contract."""

    code: str
    url: str
    title: str
    place: str
    category: str
    category_icon: str
    arrived_minor: int
    reserved_minor: int
    target_minor: int
    currency: str
    people: int
    verified_at: datetime | None
    status: str
    status_tone: str
    image_url: str
    image_alt: str
    missing: Money


def need_cards(needs: Iterable[Need]) -> list[NeedCard]:
    """Return cards of needs read by ``supply.needs_with_story``, in their order."""
    return [need_card(need) for need in needs]


def drawing(need: Need) -> str:
    """Return the drawing of a need's category; an ornament, so its alternative text is empty."""
    return static(f"img/needs/{need.category}.svg")


def need_card(need: Need) -> NeedCard:
    """Return one card: township at the finest, the story's picture or the category's."""
    township = need.village.township
    story = story_of(need)
    cover = story.cover if story else None
    is_open = need.status == NeedStatus.PUBLISHED
    return NeedCard(
        code=need.code,
        url=need.get_absolute_url(),
        title=need.label,
        place=township.label if township else _("村镇未登记"),
        category=str(Category(need.category).label),
        category_icon=CATEGORY_ICONS.get(Category(need.category), "heart"),
        arrived_minor=need.collected_minor,
        reserved_minor=need.committed_minor - need.collected_minor,
        target_minor=need.target_minor,
        currency=need.currency,
        people=VERIFIERS,
        verified_at=need.verified_at,
        status="" if is_open else need.get_status_display(),
        status_tone="" if is_open else "done",
        image_url=get_rendition_or_not_found(cover, COVER).url if cover else drawing(need),
        image_alt=cover.alt if cover else "",
        missing=need.missing,
    )
