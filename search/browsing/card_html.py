"""Cards as HTML, each drawn once as long as nothing on it changes."""

from collections.abc import Iterable
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cms.cards.need_cards import NeedCard
from core.templatetags.figures import ago
from search.browsing.cards import FoundCard

# Two kilobytes each.
KEPT = 4096


def cards_html(found: Iterable[FoundCard], tokens: Iterable[str] = ()) -> list[SafeString]:
    """Return the cards drawn, the searched words marked in their titles.

    The needs behind them are read anew each time; only drawing equal cards is saved, which
    is two thirds of the page's work. Everything a card shows is part of its key, the
    language and the age in words included.
    """
    draw = _drawn.__wrapped__ if settings.DEBUG else _drawn
    language, words = get_language() or "", tuple(tokens)
    return [
        draw(one.card, one.match_text, words, language, ago(one.card.verified_at)) for one in found
    ]


@lru_cache(KEPT)
def _drawn(
    card: NeedCard, match_text: str, tokens: tuple[str, ...], _language: str, _age: str
) -> SafeString:
    context = {"card": card, "match_text": match_text, "tokens": tokens}
    return render_to_string("search/browsing/found_card.html", context)
