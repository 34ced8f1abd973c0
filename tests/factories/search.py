"""Public needs with their index rows, written the way the sync does."""

from datetime import UTC, datetime, timedelta

from matching.models import Need
from search.index.sync import texts_sync
from tests.factories.matching import NeedFactory, make_tree

EPOCH = datetime(2026, 9, 1, 8, tzinfo=UTC)


def make_public(number: int = 0, **fields) -> Need:
    """Return a published need, ``number`` hours younger than the epoch, and index it.

    A need past publication takes its ``status``; promised money is ``committed_minor``.
    """
    fields.setdefault("published_at", EPOCH + timedelta(hours=number))
    fields.setdefault("village", make_tree().village)
    need = NeedFactory(published=True, **fields)
    need.items.update(name=need.title, name_en=need.title_en)
    texts_sync(need_ids=[need.pk])
    return need
