"""Taking match money from a fund's slots and giving it back: the only writer of slots.

A fund of one slot gives with one conditional UPDATE. From many, on PostgreSQL, a take is one
statement that never waits (``TAKE``). Where neither finds a slot free and full enough,
``_take_exactly`` locks all slots in order and takes what is left; on SQLite, where a
transaction is the only writer, it alone serves funds of many slots. Nobody waits for a slot
while holding one out of the order of ``core.locks``, so no two takes can deadlock.
"""

import random
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import F

from core import clock, sql
from matching.funds.engine.rules import FUND_EMPTY, FundRule
from matching.funds.engine.slots import ORDINARY_MINOR, after_taking
from matching.models import MatchFundSlot
from matching.states import ReservationState

Values = dict[str, Any]
_COLUMNS = """
INSERT INTO matching_matchreservation (
    fund_id, reference, donor_key, need_id, gift_minor, amount_minor, reversed_minor, currency,
    counted_on, state, lease_until, rules_version, limited_by, created_at)
"""
_VALUES = f"""
    %(fund)s, %(reference)s, %(donor_key)s, %(need)s, %(gift)s, %(want)s, 0, %(currency)s,
    %(counted_on)s, {sql.literals(ReservationState.HELD)}, %(lease_until)s, %(rules_version)s,
    %(limited_by)s, %(now)s
"""
HOLD = f"{_COLUMNS} VALUES ({_VALUES}) RETURNING id"
ONLY_SLOT = """
UPDATE matching_matchfundslot SET remaining_minor = remaining_minor - %(want)s
WHERE fund_id = %(fund)s AND slot = 0 AND remaining_minor >= %(want)s
"""
_HOLD_TAKEN = f"{_COLUMNS} SELECT {_VALUES} FROM taken RETURNING id, (SELECT slot FROM taken)"  # noqa: S608
TAKE_ONLY_SLOT = f"WITH taken AS ({ONLY_SLOT} RETURNING slot) {_HOLD_TAKEN}"
# A miss may leave locks on slots that turned out too empty after a concurrent take
# (PostgreSQL locks a row before it looks at it again). The savepoint lets them go, so that
# the slow path starts with empty hands. SKIP LOCKED starts at a random slot and wraps round
# once: COALESCE does not look at its second half when the first found something.
TAKE = f"""
SAVEPOINT match_take;
WITH taken AS (
    UPDATE matching_matchfundslot SET remaining_minor = remaining_minor - %(want)s
    WHERE id = COALESCE(
        (SELECT id FROM matching_matchfundslot
         WHERE fund_id = %(fund)s AND slot >= %(start)s AND remaining_minor >= %(want)s
         ORDER BY slot LIMIT 1 FOR UPDATE SKIP LOCKED),
        (SELECT id FROM matching_matchfundslot
         WHERE fund_id = %(fund)s AND slot < %(start)s AND remaining_minor >= %(want)s
         ORDER BY slot LIMIT 1 FOR UPDATE SKIP LOCKED))
    RETURNING slot
)
{_HOLD_TAKEN}
"""  # noqa: S608 constants
# After a miss: let stray locks go and see whether there is anything left at all.
MISSED = """
ROLLBACK TO SAVEPOINT match_take;
SELECT COALESCE(SUM(remaining_minor), 0) FROM matching_matchfundslot WHERE fund_id = %(fund)s
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reservation says besides how much which fund gave."""

    reference: str
    donor_key: str
    need_id: int | None
    gift_minor: int
    currency: str
    counted_on: date
    lease_until: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """What a fund gave: a slot now locked by this transaction and its reservation."""

    amount_minor: int
    slot: int = 0
    reservation_id: int = 0


def slots_take(*, rule: FundRule, want_minor: int, limited_by: str, draft: Draft) -> Taken:
    """Take up to ``want_minor`` from a fund and hold it. The caller has the transaction.

    What is got is exact: less than was asked only where the fund has no more, and then the
    reservation says so. Call it for several funds in the order of ``engine.rules.in_order``.
    """
    values = _values(rule, want_minor, limited_by, draft)
    if rule.slot_count == 1:
        taken = _take_only_slot(values)
    elif connection.vendor == "postgresql":
        taken = _take_fast(values, rule.slot_count)
    else:
        taken = None
    return taken or _take_exactly(rule, want_minor, values)


def _values(rule: FundRule, want_minor: int, limited_by: str, draft: Draft) -> Values:
    return {
        "want": want_minor,
        "fund": rule.id,
        "reference": draft.reference,
        "donor_key": draft.donor_key,
        "need": draft.need_id,
        "gift": draft.gift_minor,
        "currency": draft.currency,
        "counted_on": sql.stored(draft.counted_on),
        "lease_until": sql.stored(draft.lease_until),
        "rules_version": rule.rules_version,
        "limited_by": limited_by,
        "now": sql.stored(clock.now()),
    }


def _take_only_slot(values: Values) -> Taken | None:
    """Take from a fund of one slot; None where it holds less."""
    if connection.vendor == "postgresql":
        held = sql.rows(TAKE_ONLY_SLOT, values)
    else:
        held = sql.rows(HOLD, values) if sql.changed(ONLY_SLOT, values) else []
    return Taken(values["want"], slot=0, reservation_id=held[0][0]) if held else None


def _take_fast(values: Values, slot_count: int) -> Taken | None:
    """Take from any one slot of many; None where it takes all of them to tell."""
    start = random.randrange(slot_count)  # noqa: S311 spreads load, guards nothing
    with connection.cursor() as cursor:
        cursor.execute(TAKE, {**values, "start": start})
        cursor.nextset()
        row = cursor.fetchone()
        if row:
            return Taken(values["want"], slot=row[1], reservation_id=row[0])
        cursor.execute(MISSED, {"fund": values["fund"]})
        cursor.nextset()
        (left,) = cursor.fetchone()
    return None if left else Taken(0)


def _take_exactly(rule: FundRule, want_minor: int, values: Values) -> Taken:
    """Lock every slot in order, then take what is left: exact, and slower than the fast path."""
    slots = list(
        MatchFundSlot.objects.select_for_update(no_key=True)
        .filter(fund_id=rule.id)
        .order_by("slot")
    )
    before = [slot.remaining_minor for slot in slots]
    ordinary = rule.gift_cap_minor or ORDINARY_MINOR
    got, after = after_taking(before, want_minor, ordinary_minor=ordinary)
    if not got:
        return Taken(0)
    changed = []
    for slot, remaining in zip(slots, after, strict=True):
        if slot.remaining_minor != remaining:
            slot.remaining_minor = remaining
            changed.append(slot)
    MatchFundSlot.objects.bulk_update(changed, ["remaining_minor"])
    limited_by = values["limited_by"] if got == want_minor else FUND_EMPTY
    ((pk,),) = sql.rows(HOLD, {**values, "want": got, "limited_by": limited_by})
    return Taken(got, slot=0, reservation_id=pk)


def slot_credit(*, fund_id: int, amount_minor: int, slot: int = 0) -> None:
    """Give money back to a fund, by default to slot 0: a later wait for slots 0, 1, 2 … in
    the same transaction then still goes in order.
    """
    credited = MatchFundSlot.objects.filter(fund_id=fund_id, slot=slot).update(
        remaining_minor=F("remaining_minor") + amount_minor
    )
    if credited != 1:
        raise RuntimeError(f"fund {fund_id} has no slot {slot}")
