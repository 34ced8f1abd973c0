"""What of a need may be found: the fields of its index row, read from the truth."""

from functools import cache
from typing import Any

from django.db.models import Prefetch
from django.utils import translation

from core.tokens import index_tokens
from matching.models import Consent, Need, Region
from matching.states import ConsentScope, Level
from search.facets import FACETS, Facet
from search.lookups import cut
from search.models import FOREVER

HIDDEN: dict[str, Any] = {
    "is_public": False,
    "visible_until": FOREVER,
    "code": "",
    "status": "",
    **dict.fromkeys(FACETS, ""),
    "township_code": "",
    "campaign_id": None,
    "title": "",
    "title_en": "",
    "title_tokens": "",
    "tokens": "",
    "missing_minor": 0,
    "nearness": -1,
    "published_at": None,
}


def public_needs(need_ids: list[int]) -> dict[int, Need]:
    """Return those of the needs that are public, with all that ``fields_of`` reads."""
    consents = Consent.objects.in_force(ConsentScope.PUBLISH_NEED)
    needs = (
        Need.objects.public()
        .filter(pk__in=need_ids)
        .select_related("village__region__parent__parent__parent__parent")
        .prefetch_related(
            "items", Prefetch("household__consents", queryset=consents, to_attr="standing")
        )
    )
    return {need.pk: need for need in needs}


def fields_of(need: Need | None) -> dict[str, Any]:
    """Return the row's fields for a public need; emptied ones for None."""
    if need is None:
        return dict(HIDDEN)
    place = shown_place(need)
    titles = tokens_of([need.title, need.title_en])
    household: Any = need.household
    room = need.target_minor - need.committed_minor
    return {
        "is_public": True,
        "visible_until": max(
            (consent.expires_on or FOREVER for consent in household.standing), default=FOREVER
        ),
        "code": need.code,
        "status": need.status,
        **{facet.name: facet.read(need) for facet in FACETS.values()},
        "township_code": place.code,
        "campaign_id": need.campaign_id,
        "title": need.title,
        "title_en": need.title_en,
        "title_tokens": titles,
        "tokens": tokens_of(_texts(need, place)),
        "missing_minor": room,
        "nearness": need.committed_minor * 10_000 // need.target_minor if room else -1,
        "published_at": need.published_at,
    }


def shown_place(need: Need) -> Region:
    """Return the finest place a stranger is told: the township, never the village."""
    region = need.village.region
    return region.parent if region.level == Level.VILLAGE and region.parent else region


def tokens_of(texts: list[str]) -> str:
    """Return the tokens of some texts, each once, in the order met; none spans two texts."""
    tokens = index_tokens("\n".join(texts)).split(" ")
    return " ".join(dict.fromkeys(cut([token for token in tokens if token])))


def _texts(need: Need, place: Region) -> list[str]:
    texts = [need.code, need.title, need.title_en, need.summary, need.summary_en]
    for item in need.items.all():
        texts += [item.name, item.name_en]
    region: Region | None = place
    while region is not None:
        texts += [region.name, region.name_en]
        region = region.parent
    for facet in FACETS.values():
        if facet.in_text:
            texts += _labels(facet, facet.read(need))
    return texts


@cache
def _labels(facet: Facet, value: str) -> tuple[str, ...]:
    """Return the label of a choice in every language, so that either finds it."""
    found = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            found.append(str(facet.choices(value).label))
    return tuple(found)
