"""Sealing: giving committed entries their place in the hash chain, one writer at a time."""

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from donations.books.chain import GENESIS, link
from donations.books.selectors.records import postings_of, record_of
from donations.models import Entry, EntrySeal

BATCH = 500
MAX_BATCHES = 40
# How far back the frequent run looks for entries that committed after later ones: an entry
# takes its id before its transaction commits. The hourly run looks at all of them.
LOOK_BACK = 20_000
# Any number, the same everywhere: who holds it writes the chain.
SEALING_LOCK = 0x_A1_51_6E


def ledger_seal(*, whole: bool = False) -> int:
    """Seal unsealed entries; return how many. Another sealer at work means none.

    The chain's order is the order of sealing. It follows ids except where an entry with
    a lower id became visible later; that one is sealed when it is seen. ``whole`` also
    looks behind the last ``LOOK_BACK`` entries.
    """
    sealed = 0
    for _batch in range(MAX_BATCHES):
        count = _seal_batch(whole=whole)
        sealed += count
        if count < BATCH:
            break
    return sealed


@transaction.atomic
def _seal_batch(*, whole: bool) -> int:
    if not _lock():
        return 0
    last = EntrySeal.objects.order_by("-sequence").first()
    entries = list(
        _unsealed(last, whole=whole)
        .select_related("campaign", "need", "agreement", "reverses")
        .order_by("pk")[:BATCH]
    )
    legs = postings_of([entry.pk for entry in entries])
    sequence, previous_hash = (last.sequence, last.hash) if last else (0, GENESIS)
    seals = []
    for entry in entries:
        sequence += 1
        digest = link(previous_hash, record_of(entry, sequence, legs[entry.pk]))
        seals.append(
            EntrySeal(sequence=sequence, entry=entry, previous_hash=previous_hash, hash=digest)
        )
        previous_hash = digest
    EntrySeal.objects.bulk_create(seals)
    return len(seals)


def _lock() -> bool:
    """Take the chain for this transaction; SQLite's one writer holds it already."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALING_LOCK])
        return bool(cursor.fetchone()[0])


def _unsealed(last: EntrySeal | None, *, whole: bool) -> QuerySet[Entry]:
    entries = Entry.objects.filter(~Exists(EntrySeal.objects.filter(entry=OuterRef("pk"))))
    if last is None or whole:
        return entries
    # Ids grow with time, so a window of ids is a window of time.
    return entries.filter(pk__gt=last.entry_id - LOOK_BACK)
