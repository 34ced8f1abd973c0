"""Search by Elasticsearch, through the alias of the index that is complete."""

from typing import Any

from elasticsearch import ApiError, TransportError

from search.backends.queries import need_search
from search.contract import NeedHit, NeedQuery, SearchPage, SearchUnavailableError, facet
from search.facets import FACETS
from search.index.indices import client, read_alias


class ElasticBackend:
    """Answers from the node at ``ELASTICSEARCH_URL``, within two seconds or not at all."""

    name = "elasticsearch"

    def search(self, query: NeedQuery) -> SearchPage:
        """Return one page in one request."""
        body = need_search(query, alias=read_alias()).to_dict()
        try:
            # A part of the answer would be a wrong answer.
            answer = client().search(
                index=read_alias(), body=body, allow_partial_search_results=False
            )
        except (ApiError, TransportError) as error:
            raise SearchUnavailableError(f"{type(error).__name__}: {error}"[:300]) from error
        if answer["timed_out"]:
            raise SearchUnavailableError("the node timed out")
        return SearchPage(
            hits=tuple(
                NeedHit(int(hit["_id"]), hit["_source"]["code"]) for hit in answer["hits"]["hits"]
            ),
            total=answer["hits"]["total"]["value"],
            facets=_facets(answer.get("aggregations", {}), query),
            backend=self.name,
        )


def _facets(aggregations: dict[str, Any], query: NeedQuery) -> dict[str, Any]:
    counts = {
        name: {bucket["key"]: bucket["doc_count"] for bucket in held["values"]["buckets"]}
        for name, held in aggregations.items()
    }
    facets = {name: facet(counts.get(name, {}), query.chosen.get(name, ())) for name in FACETS}
    facets["region"] = facet(counts.get("region", {}), ())
    return facets
