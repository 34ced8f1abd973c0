"""How far the chain reaches and whether it holds."""

from datetime import timedelta

from django.db.models import Exists, OuterRef

from core import clock
from donations.books import chain
from donations.books.selectors.records import sealed_records
from donations.models import Entry, EntrySeal

# Sealing runs every few seconds; an entry open for longer was missed.
SEALED_WITHIN = timedelta(hours=2)


def chain_verdict() -> chain.Verdict:
    """Recompute the whole chain from the entries as they stand."""
    return chain.verify(sealed_records())


def unsealed_too_long() -> list[int]:
    """Return ids of entries that should have been sealed long ago, at most 20."""
    sealed = EntrySeal.objects.filter(entry=OuterRef("pk"))
    late = Entry.objects.filter(~Exists(sealed), at__lt=clock.now() - SEALED_WITHIN)
    return list(late.order_by("pk").values_list("pk", flat=True)[:20])
