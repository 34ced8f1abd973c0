"""Elasticsearch queries from plain input: pure, so tests read them without a node."""

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.query import Query

from core import clock
from search.contract import (
    MISSING,
    NEARLY,
    NEWEST,
    RELEVANCE,
    STATUSES,
    WAITING,
    NeedQuery,
)
from search.facets import FACETS

NEWER = [{"published_us": "desc"}, {"need_id": "desc"}]
ORDER: dict[str, list] = {
    NEWEST: NEWER,
    WAITING: [{"published_us": "asc"}, {"need_id": "asc"}],
    NEARLY: [{"nearness": "desc"}, *NEWER],
    MISSING: [{"missing_minor": "desc"}, *NEWER],
    RELEVANCE: ["_score", *NEWER],
}
# More values than any facet has.
FACET_SIZE = 50


def need_search(query: NeedQuery, *, alias: str) -> Search:
    """Return the unexecuted search: hits, total and all facets in one request.

    Text, region and status narrow everything; facet choices narrow the hits (post filter)
    and the counts of the other facets.
    """
    search = Search(index=alias).query(_wanted(query))
    chosen = [terms for name in FACETS if (terms := _chosen(query, name))]
    if chosen:
        search = search.post_filter(_all(chosen))
    for name in FACETS:
        others = [terms for other in FACETS if other != name and (terms := _chosen(query, other))]
        bucket = search.aggs.bucket(name, "filter", filter=_all(others))
        bucket.bucket("values", "terms", field=name, size=FACET_SIZE)
    if query.children:
        bucket = search.aggs.bucket("region", "filter", filter=_all(chosen))
        below = A("terms", field="regions", include=list(query.children), size=len(query.children))
        bucket.bucket("values", below)
    search = search.sort(*ORDER[query.order]).source(["code"])
    search = search.extra(track_total_hits=True)
    return search[query.start : query.start + query.page_size]


def _wanted(query: NeedQuery) -> Query:
    filters = [
        Q("terms", status=list(STATUSES[query.status])),
        Q("range", visible_until={"gte": clock.today().isoformat()}),
    ]
    if query.region:
        filters.append(Q("term", regions=query.region))
    if not query.tokens:
        return Q("bool", filter=filters)
    # Only our own tokens reach the node: nothing a person types is query syntax.
    tokens = " ".join(query.tokens)
    return Q(
        "bool",
        filter=filters,
        must=[Q("match", tokens={"query": tokens, "operator": "and"})],
        should=[
            Q("match", title={"query": tokens, "boost": 3}),
            Q("match", title_en={"query": tokens, "boost": 3}),
        ],
    )


def _chosen(query: NeedQuery, name: str) -> Query | None:
    values = query.chosen.get(name)
    return Q("terms", **{name: list(values)}) if values else None


def _all(filters: list[Query]) -> Query:
    return Q("bool", filter=filters) if filters else Q("match_all")
