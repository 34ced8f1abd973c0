"""Entries as the chain seals them and as the public may copy them."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence

from donations.books.chain import Record, ref_of
from donations.models import Entry, EntrySeal, Posting

CHUNK = 1000


def record_of(entry: Entry, sequence: int, postings: Sequence[tuple[str, int, str]]) -> Record:
    """Return what is sealed of an entry: codes, words and amounts, never a person."""
    return {
        "sequence": sequence,
        "ref": ref_of(entry.key),
        "kind": entry.kind,
        "memo": entry.memo,
        "booked_on": entry.booked_on.isoformat(),
        "campaign": entry.campaign.slug if entry.campaign else "",
        "need": entry.need.code if entry.need else "",
        "agreement": entry.agreement.code if entry.agreement else "",
        "township": entry.township_code,
        "reverses": ref_of(entry.reverses.key) if entry.reverses else "",
        "postings": sorted([account, minor, currency] for account, minor, currency in postings),
    }


def postings_of(entry_ids: Sequence[int]) -> dict[int, list[tuple[str, int, str]]]:
    """Return the legs of many entries with one query."""
    legs: defaultdict[int, list[tuple[str, int, str]]] = defaultdict(list)
    rows = Posting.objects.filter(entry_id__in=entry_ids).values_list(
        "entry_id", "account__code", "amount_minor", "currency"
    )
    for entry_id, account, minor, currency in rows:
        legs[entry_id].append((account, minor, currency))
    return legs


def records_of(entries: Sequence[Entry]) -> Iterator[Record]:
    """Yield entries read with their postings and seals, also those not sealed yet.

    ``sequence`` and ``hash`` of an unsealed entry are None; such a record is no line of the
    chain.
    """
    for entry in entries:
        seal = getattr(entry, "seal", None)
        legs = [(leg.account.code, leg.amount_minor, leg.currency) for leg in entry.postings.all()]
        record = record_of(entry, seal.sequence if seal else 0, legs)
        yield {
            **record,
            "sequence": seal.sequence if seal else None,
            "hash": seal.hash if seal else None,
        }


def sealed_records(*, after: int = 0, until: int | None = None) -> Iterator[Record]:
    """Yield the sealed entries after a sequence, a chunk at a time, ready for the chain."""
    while True:
        seals = EntrySeal.objects.filter(sequence__gt=after).order_by("sequence")
        if until is not None:
            seals = seals.filter(sequence__lte=until)
        chunk = list(
            seals.select_related(
                "entry__campaign", "entry__need", "entry__agreement", "entry__reverses"
            )[:CHUNK]
        )
        if not chunk:
            return
        legs = postings_of([seal.entry_id for seal in chunk])
        for seal in chunk:
            yield {
                **record_of(seal.entry, seal.sequence, legs[seal.entry_id]),
                "previous_hash": seal.previous_hash,
                "hash": seal.hash,
            }
        after = chunk[-1].sequence


def export_lines() -> Iterator[str]:
    """Yield the public ledger as JSON lines, which ``chain.py`` checks with no database."""
    for record in sealed_records():
        yield json.dumps(record, ensure_ascii=False) + "\n"
