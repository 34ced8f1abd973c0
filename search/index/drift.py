"""Does the index agree with the needs? What differs, and how to mend it."""

from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction

from core.models import Outbox
from search import task_names
from search.index import indices
from search.index.entries import fields_of, public_needs
from search.index.rebuild import rebuild
from search.index.sync import BATCH, known_need_ids, texts_sync
from search.models import NeedText


@dataclass(slots=True)
class Drift:
    """Need ids by what is wrong with them; ``waiting`` ones have a sync promised and are fine.

    ``newest`` holds the versions Elasticsearch may have of what must be mended there.
    """

    checked: int = 0
    documents: int = 0
    texts: set[int] = field(default_factory=set)
    missing: set[int] = field(default_factory=set)
    stale: set[int] = field(default_factory=set)
    extra: set[int] = field(default_factory=set)
    waiting: int = 0
    newest: dict[int, int] = field(default_factory=dict)

    @property
    def ids(self) -> set[int]:
        """Everything that must be mended."""
        return self.texts | self.missing | self.stale | self.extra


def drift() -> Drift:
    """Compare needs with index rows, and rows with documents where Elasticsearch is set.

    Raises:
        elasticsearch.ApiError, elasticsearch.TransportError: the node does not answer.
    """
    found = Drift()
    ids = sorted(known_need_ids())
    for start in range(0, len(ids), BATCH):
        found.texts |= _stale_texts(ids[start : start + BATCH])
    found.checked = len(ids)
    if settings.ELASTICSEARCH_URL:
        _compare_documents(found)
    promised = _promised_ids()
    found.waiting = len(found.ids & promised)
    for part in (found.texts, found.missing, found.stale, found.extra):
        part.difference_update(promised)
    return found


def _stale_texts(ids: list[int]) -> set[int]:
    rows = {row.need_id: row for row in NeedText.objects.filter(need_id__in=ids)}
    needs = public_needs(ids)
    stale = set()
    for need_id in ids:
        row = rows.get(need_id)
        fields = fields_of(needs.get(need_id))
        if row is None or any(getattr(row, name) != value for name, value in fields.items()):
            stale.add(need_id)
    return stale


def _compare_documents(found: Drift) -> None:
    held = dict(indices.documents_read()) if indices.indices_read() else {}
    rows = dict(NeedText.objects.filter(is_public=True).values_list("need_id", "version"))
    found.documents = len(held)
    found.missing = set(rows) - set(held)
    found.extra = set(held) - set(rows)
    found.stale = {pk for pk, version in held.items() if pk in rows and rows[pk] != version}
    # A document deleted by hand left a tombstone one version above its own.
    differing = found.missing | found.extra | found.stale
    found.newest = {pk: held.get(pk, rows.get(pk, 0) + 1) for pk in differing}


def _promised_ids() -> set[int]:
    pending = Outbox.objects.filter(
        task=task_names.NEED_SYNC, done_at__isnull=True, dead_at__isnull=True
    )
    return {int(kwargs["need_id"]) for kwargs in pending.values_list("kwargs", flat=True)}


def repair() -> Drift:
    """Mend what differs and return what was found; a node without our index gets it anew."""
    found = drift()
    if settings.ELASTICSEARCH_URL and not indices.indices_read():
        rebuild()
        return found
    ids = sorted(found.ids)
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        _outdo(batch, found.newest)
        rows = texts_sync(need_ids=batch)
        if settings.ELASTICSEARCH_URL:
            indices.push(rows)
    return found


@transaction.atomic
def _outdo(ids: list[int], newest: dict[int, int]) -> None:
    """Give rows a version above the node's, which is ahead after a restored backup."""
    for need_id in ids:
        if need_id in newest:
            row, _made = NeedText.objects.get_or_create(need_id=need_id)
            row = NeedText.objects.select_for_update(no_key=True).get(need_id=need_id)
            row.version = max(row.version, newest[need_id]) + 1
            row.save(update_fields=["version"])
