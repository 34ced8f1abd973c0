"""Elasticsearch indices: versions behind an alias, and documents pushed into them.

Every index being written hangs on the ``…-writes`` alias; the complete one also on the
alias that is read. A sync commits its row, then asks who is written, then writes to all
of them; a rebuild makes its index, then reads the rows. Whichever comes first, the new
index gets the change, and versions settle the order. See ADR 0006.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch, NotFoundError
from elasticsearch.dsl import Index
from elasticsearch.helpers import scan

from core import clock
from search.contract import MAX_PAGE, PAGE_SIZE
from search.index.documents import NeedDocument, source_of
from search.models import NeedText

CONFLICT, NOT_FOUND = 409, 404


class PushRefusedError(Exception):
    """The node did not take a document; try again later."""


@cache
def _client(url: str) -> Elasticsearch:
    return Elasticsearch(url, request_timeout=settings.ELASTICSEARCH_SECONDS, max_retries=0)


def client(*, upkeep: bool = False) -> Elasticsearch:
    """Return this process's client; one that waits longer for upkeep."""
    if not settings.ELASTICSEARCH_URL:
        raise ValueError("ELASTICSEARCH_URL is not set")
    held = _client(settings.ELASTICSEARCH_URL)
    seconds = settings.ELASTICSEARCH_UPKEEP_SECONDS
    return held.options(request_timeout=seconds) if upkeep else held


def read_alias() -> str:
    """Return the name under which the complete index is read."""
    return f"{settings.ELASTICSEARCH_INDEX_PREFIX}-needs"


def write_alias() -> str:
    """Return the name on which every index being written hangs."""
    return f"{read_alias()}-writes"


def _door(index: str) -> str:
    """Return the alias through which an index is written.

    Written by an alias, a removed index is refused; by its name it would be made anew.
    """
    return f"{index}-door"


def indices_written() -> list[str]:
    """Return the names of all indices being written; none before the first rebuild."""
    try:
        return sorted(client().indices.get_alias(name=write_alias()).body)
    except NotFoundError:
        return []


def indices_read() -> list[str]:
    """Return the name of the index being read: one, or none before the first rebuild."""
    try:
        return sorted(client().indices.get_alias(name=read_alias()).body)
    except NotFoundError:
        return []


def push(rows: Iterable[NeedText], *, into: list[str] | None = None, refresh: bool = False) -> None:
    """Bring the rows' documents in step in every index being written.

    A hidden row's document is deleted. A node that holds a newer version keeps it, so
    that order and repetition do not matter. Call it after the rows are committed.

    Raises:
        PushRefusedError: some document was not taken.
    """
    operations: list[dict[str, Any]] = []
    names = indices_written() if into is None else into
    for row in rows:
        for name in names:
            operations += _operations(row, name)
    if not operations:
        return
    answer = client(upkeep=True).bulk(operations=operations, require_alias=True, refresh=refresh)
    if answer["errors"]:
        _check(answer["items"])


def _operations(row: NeedText, index: str) -> list[dict[str, Any]]:
    at = {
        "_index": _door(index),
        "_id": str(row.need_id),
        "version": row.version,
        "version_type": "external_gte",
    }
    return [{"index": at}, source_of(row)] if row.is_public else [{"delete": at}]


def _check(items: list[dict[str, Any]]) -> None:
    refused = []
    for item in items:
        ((action, result),) = item.items()
        gone = action == "delete" and result["status"] == NOT_FOUND and "error" not in result
        if result["status"] >= 400 and result["status"] != CONFLICT and not gone:
            refused.append(f"{result['_id']}: {result.get('error', result['status'])}")
    if refused:
        raise PushRefusedError(f"{len(refused)} not taken, first {refused[0]}"[:500])


def index_create() -> str:
    """Make an empty index that is written from now on and not yet read; return its name."""
    name = f"{read_alias()}-{clock.now():%Y%m%d%H%M%S%f}"
    index = Index(name)
    index.document(NeedDocument)
    index.settings(
        number_of_shards=1,
        auto_expand_replicas="0-1",
        max_result_window=MAX_PAGE * PAGE_SIZE,
        # A deleted document's version is remembered longer than any late write may take.
        gc_deletes="1h",
    )
    body = index.to_dict()
    client(upkeep=True).indices.create(
        index=name,
        mappings=body["mappings"],
        settings=body["settings"],
        aliases={write_alias(): {}, _door(name): {}},
    )
    return name


def index_switch(name: str) -> None:
    """Let everybody read the index from one moment to the next, and drop those before it."""
    upkeep = client(upkeep=True)
    upkeep.indices.refresh(index=name)
    before = [held for held in {*indices_read(), *indices_written()} if held != name]
    actions: list[dict[str, Any]] = [{"add": {"index": name, "alias": read_alias()}}]
    actions += [{"remove_index": {"index": held}} for held in sorted(before)]
    upkeep.indices.update_aliases(actions=actions)


def index_drop(name: str) -> None:
    """Remove an index that did not come to be read."""
    client(upkeep=True).indices.delete(index=name, ignore_unavailable=True)


def documents_read() -> Iterator[tuple[int, int]]:
    """Yield (need id, version) of every document in the index being read."""
    found = scan(
        client(upkeep=True),
        index=read_alias(),
        query={"query": {"match_all": {}}, "version": True, "_source": False},
        size=2000,
    )
    for hit in found:
        yield int(hit["_id"]), int(hit["_version"])
