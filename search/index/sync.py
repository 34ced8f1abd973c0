"""Keeping the index in step: re-read the need; order and repetition do not matter."""

from collections.abc import Iterator

from django.conf import settings
from django.db import transaction

from matching.models import Need
from search.index import indices
from search.index.entries import fields_of, public_needs
from search.models import NeedText

BATCH = 500


def need_sync(*, need_id: int) -> None:
    """Make both indexes agree with the need as it is now.

    A need that is gone, or that strangers may not see, loses its text and its document.

    Raises:
        elasticsearch.ApiError, elasticsearch.TransportError: the node did not take it; the
            database's own index is in step all the same. Try again later.
    """
    rows = texts_sync(need_ids=[need_id])
    if rows and settings.ELASTICSEARCH_URL:
        indices.push(rows)


@transaction.atomic
def texts_sync(*, need_ids: list[int]) -> list[NeedText]:
    """Bring the database's index rows in step and return them.

    Each row is locked before its need is read, so a higher version was read later.
    Needs that were never public have no row.
    """
    known = (
        NeedText.objects.select_for_update(no_key=True)
        .filter(need_id__in=need_ids)
        .order_by("need_id")
    )
    rows = {row.need_id: row for row in known}
    needs: dict[int, Need | None] = dict(public_needs(need_ids))
    for need_id in sorted(set(needs) - set(rows)):
        rows[need_id], is_new = NeedText.objects.get_or_create(need_id=need_id)
        if not is_new:
            # Somebody else made it since; their reading may be newer than ours.
            rows[need_id] = NeedText.objects.select_for_update(no_key=True).get(need_id=need_id)
            needs[need_id] = public_needs([need_id]).get(need_id)
    return [_written(row, needs.get(row.need_id)) for row in rows.values()]


def _written(row: NeedText, need: Need | None) -> NeedText:
    fields = fields_of(need)
    if row.version and all(getattr(row, name) == value for name, value in fields.items()):
        return row
    for name, value in fields.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    return row


def known_need_ids() -> set[int]:
    """Return every need that is public or was known to the index."""
    return set(Need.objects.public().values_list("pk", flat=True)) | set(
        NeedText.objects.values_list("need_id", flat=True)
    )


def all_texts_sync() -> Iterator[int]:
    """Bring every row in step, in short transactions; yield how many are done so far."""
    ids = sorted(known_need_ids())
    for start in range(0, len(ids), BATCH):
        texts_sync(need_ids=ids[start : start + BATCH])
        yield min(start + BATCH, len(ids))
