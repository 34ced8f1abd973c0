"""The campaign board's counters: record a change with its entry, fold it in once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from django.db import connection, transaction

from core import clock, sql
from donations.models import Donor, Entry, TallyCounter, TallyDelta
from donations.tallies.selectors import board_refresh
from matching.models import Campaign

BATCH = 500
# One call folds at most this many batches, so that a task ends within its time.
MAX_BATCHES = 40

NEW_DONORS = """
INSERT INTO donations_campaigndonor (campaign_id, township_code, donor_id) VALUES {rows}
ON CONFLICT DO NOTHING RETURNING campaign_id, township_code
"""
ADD = """
ON CONFLICT (campaign_id, township_code) DO UPDATE SET
    cash_minor = donations_tallycounter.cash_minor + excluded.cash_minor,
    matched_minor = donations_tallycounter.matched_minor + excluded.matched_minor,
    goods_minor = donations_tallycounter.goods_minor + excluded.goods_minor,
    gifts = donations_tallycounter.gifts + excluded.gifts,
    donors = donations_tallycounter.donors + excluded.donors,
    updated_at = excluded.updated_at
"""

Place = tuple[int, str]


@dataclass(slots=True)
class _Sums:
    """What a batch adds to one counter."""

    cash: int = 0
    matched: int = 0
    goods: int = 0
    gifts: int = 0
    donors: int = 0


def tally_record(
    *,
    entry: Entry,
    campaign: Campaign | None,
    township_code: str = "",
    cash_minor: int = 0,
    matched_minor: int = 0,
    goods_minor: int = 0,
    gifts: int = 0,
    donor: Donor | None = None,
) -> None:
    """Write down what an entry changes on the board, in the entry's own transaction.

    Refunds and reversals pass negative amounts. Once per entry; nothing for an entry
    without a campaign. Always: a campaign's deltas equal its postings (`aixin check`).
    """
    if campaign is None:
        return
    delta = TallyDelta(
        entry=entry,
        campaign=campaign,
        township_code=township_code,
        cash_minor=cash_minor,
        matched_minor=matched_minor,
        goods_minor=goods_minor,
        gifts=gifts,
        donor=donor,
    )
    tallies_record(deltas=[delta])


def tallies_record(*, deltas: Sequence[TallyDelta]) -> None:
    """Write down the changes of several entries at once, as ``tally_record`` does each."""
    if deltas:
        sql.rows(*sql.insertion(deltas, otherwise="ON CONFLICT (entry_id) DO NOTHING"))


def tally_fold() -> int:
    """Add unfolded changes to the counters, each exactly once; return how many.

    Any number may fold at a time: on PostgreSQL a folder skips what another holds, on
    SQLite writers take turns.
    """
    folded, touched = 0, set[int]()
    for _batch in range(MAX_BATCHES):
        deltas = _fold_batch()
        folded += len(deltas)
        touched |= {delta.campaign_id for delta in deltas}
        if len(deltas) < BATCH:
            break
    for campaign_id in sorted(touched):
        transaction.on_commit(partial(board_refresh, campaign_id), robust=True)
    return folded


@transaction.atomic
def _fold_batch() -> list[TallyDelta]:
    rows = TallyDelta.objects.filter(folded_at__isnull=True).order_by("pk")
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(no_key=True, skip_locked=True, of=("self",))
    deltas = list(rows[:BATCH])
    if not deltas:
        return []
    now = clock.now()
    sums: defaultdict[Place, _Sums] = defaultdict(_Sums)
    for delta in deltas:
        place = sums[delta.campaign_id, delta.township_code]
        place.cash += delta.cash_minor
        place.matched += delta.matched_minor
        place.goods += delta.goods_minor
        place.gifts += delta.gifts
    for counted_at in _new_donors(deltas):
        sums[counted_at].donors += 1
    _add_to_counters(sums)
    TallyDelta.objects.filter(pk__in=[delta.pk for delta in deltas]).update(folded_at=now)
    return deltas


def _new_donors(deltas: Iterable[TallyDelta]) -> list[Place]:
    """Note the donors; return one place for each that was not counted there before.

    The database says which rows were new, so two folders never count one donor twice.
    """
    seen = {
        (delta.campaign_id, township, delta.donor_id)
        for delta in deltas
        if delta.donor_id is not None
        for township in ("", delta.township_code)
    }
    if not seen:
        return []
    # Sorted: two folders wait for each other in one direction only.
    values = [part for row in sorted(seen) for part in row]
    listed = ", ".join(["(%s, %s, %s)"] * len(seen))
    return [(pk, township) for pk, township in sql.rows(NEW_DONORS.format(rows=listed), values)]


def _add_to_counters(sums: dict[Place, _Sums]) -> None:
    """Add to all counters in one statement, making those that are missing.

    Sorted: two folders wait for each other in one direction only.
    """
    now = clock.now()
    counters = [
        TallyCounter(
            campaign_id=campaign_id,
            township_code=township,
            cash_minor=part.cash,
            matched_minor=part.matched,
            goods_minor=part.goods,
            gifts=part.gifts,
            donors=part.donors,
            updated_at=now,
        )
        for (campaign_id, township), part in sorted(sums.items(), key=lambda item: item[0])
    ]
    sql.rows(*sql.insertion(counters, otherwise=ADD))
