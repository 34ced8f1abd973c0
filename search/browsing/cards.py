"""Cards of the needs that a search found."""

from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects

from cms.cards.need_cards import NeedCard, need_card
from cms.cards.supply import public_needs_of
from search.browsing.matches import match_offers


@dataclass(frozen=True, slots=True)
class FoundCard:
    """A need's card with what a gift to it would be matched by now; empty if by nothing."""

    card: NeedCard
    match_text: str


def cards_of(need_ids: list[int]) -> list[FoundCard]:
    """Return cards in that order, from a fixed number of queries.

    Read from the truth: a need hidden since the index was written is left out.
    """
    needs: list[Any] = list(public_needs_of(need_ids, for_cards=True))
    told = [need for need in needs if getattr(need, "story", None)]
    prefetch_related_objects(told, "story__cover__renditions")
    offers = match_offers()
    return [FoundCard(need_card(need), offers.text_for(need)) for need in needs]
