"""Search by the database: FTS5 or a GIN index for text, one GROUP BY for all facets."""

from collections import Counter
from typing import Any

from django.db.models import Case, Count, F, IntegerField, TextField, Value, When
from django.db.models.functions import Concat, Substr

from matching.registry.divisions import scope_prefix
from search.contract import (
    MISSING,
    NEARLY,
    NEWEST,
    RELEVANCE,
    STATUSES,
    WAITING,
    NeedHit,
    NeedQuery,
    SearchPage,
    facet,
)
from search.facets import FACETS
from search.models import NeedText, NeedTextQuerySet

ORDER = {
    NEWEST: ["-published_at", "-need_id"],
    WAITING: ["published_at", "need_id"],
    NEARLY: ["-nearness", "-published_at", "-need_id"],
    MISSING: ["-missing_minor", "-published_at", "-need_id"],
    RELEVANCE: ["-in_title", "-published_at", "-need_id"],
}
# More would only make a long query slower to sort.
RANKED_TOKENS = 12


class DatabaseBackend:
    """Answers from ``search_needtext``, kept in step by the same sync as Elasticsearch."""

    name = "database"

    def search(self, query: NeedQuery) -> SearchPage:
        """Return one page in two queries: one for all counts, one for the hits."""
        rows = matching_rows(query)
        cube = _cube(rows, query)
        hits = rows.filter(**{f"{name}__in": list(v) for name, v in query.chosen.items() if v})
        hits = _sorted(hits, query)[query.start : query.start + query.page_size]
        facets, total = _folded(cube, query)
        return SearchPage(
            hits=tuple(NeedHit(*row) for row in hits.values_list("need_id", "code"))
            if total > query.start
            else (),
            total=total,
            facets=facets,
            backend=self.name,
        )


def matching_rows(query: NeedQuery) -> NeedTextQuerySet:
    """Return rows by text, region and status; the facets come on top."""
    rows = NeedText.objects.visible().filter(status__in=STATUSES[query.status])
    if query.region:
        rows = rows.filter(township_code__startswith=scope_prefix(query.region))
    if query.tokens:
        rows = rows.filter(tokens__match=query.tokens)
    return rows


def _sorted(rows: NeedTextQuerySet, query: NeedQuery) -> NeedTextQuerySet:
    if query.order == RELEVANCE:
        rows = rows.annotate(
            padded=Concat(Value(" "), F("title_tokens"), Value(" "), output_field=TextField())
        )
        points = [
            Case(When(padded__contains=f" {token} ", then=1), default=0)
            for token in query.tokens[:RANKED_TOKENS]
        ]
        total: Any = Value(0, output_field=IntegerField())
        for point in points:
            total = total + point
        rows = rows.annotate(in_title=total)
    return rows.order_by(*ORDER[query.order])


def _cube(rows: NeedTextQuerySet, query: NeedQuery) -> list[tuple]:
    """Return (a value of each facet, place, count); place is a prefix, empty if not asked."""
    digits = max((len(scope_prefix(code)) for code in query.children), default=0)
    place = Substr("township_code", 1, digits) if digits else Value("")
    grouped = rows.order_by().values_list(*FACETS, place).annotate(Count("need_id"))
    return list(grouped)


def _folded(cube: list[tuple], query: NeedQuery) -> tuple[dict, int]:
    """Return the facets and the total from the cube's cells."""
    chosen = [set(query.chosen.get(name, ())) for name in FACETS]
    counts = {name: Counter[str]() for name in (*FACETS, "region")}
    places = {scope_prefix(code): code for code in query.children}
    total = 0
    for *values, prefix, count in cube:
        fits = [not wanted or value in wanted for value, wanted in zip(values, chosen, strict=True)]
        if all(fits):
            total += count
            for code in _holding(prefix, places):
                counts["region"][code] += count
        for index, name in enumerate(FACETS):
            if all(fits[:index] + fits[index + 1 :]):
                counts[name][values[index]] += count
    facets = {name: facet(counts[name], query.chosen.get(name, ())) for name in FACETS}
    facets["region"] = facet(counts["region"], ())
    return facets, total


def _holding(prefix: str, places: dict[str, str]) -> list[str]:
    """Return the code of the counted place that holds the prefix, if one does."""
    return [places[prefix[:n]] for n in (2, 4, 6, 9) if prefix[:n] in places][:1]
