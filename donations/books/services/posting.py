"""The only door into the ledger."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import connection

from core import clock, sql
from core.money import Money
from donations.chart import kind_of
from donations.exceptions import EntryKeyReusedError, UnbalancedEntryError
from donations.models import Entry
from donations.states import EntryKind
from matching.purpose import NO_PURPOSE, Purpose

Leg = tuple[str, Money]


def debit(account: str, amount: Money) -> Leg:
    """Return a leg that debits the account."""
    return account, amount


def credit(account: str, amount: Money) -> Leg:
    """Return a leg that credits the account."""
    return account, -amount


# Of two that book one key at once, the later waits for the first and then passes over it.
ENTRIES = """
INSERT INTO donations_entry (at, key, kind, memo, booked_on, campaign_id, need_id, agreement_id,
    township_code, reverses_id)
VALUES {rows} ON CONFLICT (key) DO NOTHING RETURNING id, key
"""
ACCOUNTS = """
WITH wanted (code, kind) AS (VALUES {rows})
INSERT INTO donations_account (code, kind)
SELECT code, kind FROM wanted
WHERE NOT EXISTS (SELECT 1 FROM donations_account AS known WHERE known.code = wanted.code)
ORDER BY code
ON CONFLICT (code) DO NOTHING
"""
ACCOUNT_ID = "(SELECT id FROM donations_account WHERE code = %s)"
KEYS_BOOKED = "SELECT key FROM donations_entry WHERE key IN ({marks})"
LEGS = """
INSERT INTO donations_posting (at, entry_id, account_id, amount_minor, currency) VALUES {rows}
"""


@dataclass(frozen=True, slots=True)
class Fact:
    """What an entry is made of.

    ``memo`` is public: no name, no code that opens a page of somebody's own. ``purpose``
    is what the money is for, with the campaign it counts for. ``booked_on`` defaults to
    the programme's today.
    """

    key: str
    kind: EntryKind
    memo: str
    legs: Sequence[Leg]
    purpose: Purpose = NO_PURPOSE
    reverses_id: int | None = None
    booked_on: date | None = None


def post(
    *,
    key: str,
    kind: EntryKind,
    memo: str,
    legs: Sequence[Leg],
    purpose: Purpose = NO_PURPOSE,
    reverses: Entry | None = None,
    booked_on: date | None = None,
) -> Entry:
    """Book a balanced fact once; the same ``key`` again returns the entry booked first.

    See ``post_all``.
    """
    fact = Fact(
        key=key,
        kind=kind,
        memo=memo,
        legs=legs,
        purpose=purpose,
        reverses_id=reverses.pk if reverses else None,
        booked_on=booked_on,
    )
    return post_all(facts=[fact])[0]


def post_all(*, facts: Sequence[Fact]) -> list[Entry]:
    """Book facts in their order, each once, and return their entries.

    Joins the caller's transaction. A fact whose key is booked already is not booked again.

    Raises:
        UnbalancedEntryError: fewer than two legs, a leg of zero, or a currency that does
            not sum to zero. Nothing is written.
        EntryKeyReusedError: a key stands for other legs already. Nothing of that fact is
            written; roll back what came with it.
    """
    for fact in facts:
        _require_balance(fact.key, fact.legs)
    with sql.joined():
        now = clock.now()
        ids = _entries_insert(facts, now)
        new = [fact for fact in facts if fact.key in ids]
        if new:
            _legs_insert(new, ids, now)
        known = _known([fact for fact in facts if fact.key not in ids])
    return [
        known[fact.key] if fact.key in known else _entry(fact, ids[fact.key], now) for fact in facts
    ]


def _entries_insert(facts: Sequence[Fact], now: datetime) -> dict[str, int]:
    """Insert the entries there are not yet; return the primary keys of those, by their key."""
    if connection.vendor == "sqlite":
        # Its triggers refuse an equal key before ON CONFLICT could pass over it. Nobody else
        # writes meanwhile.
        marks = ", ".join(["%s"] * len(facts))
        booked = sql.rows(KEYS_BOOKED.format(marks=marks), [fact.key for fact in facts])
        facts = [fact for fact in facts if (fact.key,) not in booked]
    if not facts:
        return {}
    values: list[object] = []
    for fact in facts:
        values += [sql.stored(now), fact.key, fact.kind, fact.memo]
        values += [sql.stored(fact.booked_on or clock.today())]
        values += [fact.purpose.campaign_id, fact.purpose.need_id, fact.purpose.agreement_id]
        values += [fact.purpose.township_code, fact.reverses_id]
    rows = ", ".join(["(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"] * len(facts))
    return {key: pk for pk, key in sql.rows(ENTRIES.format(rows=rows), values)}


def _legs_insert(facts: Sequence[Fact], ids: dict[str, int], now: datetime) -> None:
    values: list[object] = []
    codes = set()
    for fact in facts:
        for code, amount in fact.legs:
            codes.add(code)
            values += [sql.stored(now), ids[fact.key], code, amount.minor, amount.currency]
    rows = ", ".join(["(%s, %s, " + ACCOUNT_ID + ", %s, %s)"] * (len(values) // 5))
    sql.together([_accounts(codes), (LEGS.format(rows=rows), values)])


def _accounts(codes: set[str]) -> sql.Statement:
    """Return the statement that makes those accounts that are missing.

    Sorted: two transactions that make the same ones take them in one order. Ids are looked
    up each time; one kept in the process could be of a row whose transaction rolled back.
    """
    rows = ", ".join(["(%s, %s)"] * len(codes))
    return ACCOUNTS.format(rows=rows), [
        text for code in sorted(codes) for text in (code, kind_of(code))
    ]


def _known(facts: Sequence[Fact]) -> dict[str, Entry]:
    """Return the entries of facts booked before, by key; refuse other legs than theirs."""
    if not facts:
        return {}
    entries = {
        entry.key: entry for entry in Entry.objects.filter(key__in=[fact.key for fact in facts])
    }
    for fact in facts:
        _require_same_legs(entries[fact.key], fact.legs)
    return entries


def _entry(fact: Fact, pk: int, now: datetime) -> Entry:
    """Return the entry just inserted without reading it back."""
    entry = Entry(
        pk=pk,
        at=now,
        key=fact.key,
        kind=fact.kind,
        memo=fact.memo,
        booked_on=fact.booked_on or clock.today(),
        campaign_id=fact.purpose.campaign_id,
        need_id=fact.purpose.need_id,
        agreement_id=fact.purpose.agreement_id,
        township_code=fact.purpose.township_code,
        reverses_id=fact.reverses_id,
    )
    entry._state.adding, entry._state.db = False, connection.alias
    return entry


def reverse(*, entry: Entry, memo: str, key: str | None = None) -> Entry:
    """Book the opposite of an entry, once; corrections are made this way, never by change.

    The reversal keeps the entry's campaign, need, agreement and township, so that the
    same figures take it back.
    """
    legs = [
        (code, Money(-minor, currency))
        for code, minor, currency in entry.postings.values_list(
            "account__code", "amount_minor", "currency"
        )
    ]
    return post(
        key=key or f"{entry.key}:reversed",
        kind=EntryKind.REVERSAL,
        memo=memo,
        legs=legs,
        purpose=_purpose_booked(entry),
        reverses=entry,
    )


def _purpose_booked(entry: Entry) -> Purpose:
    """Return what an entry says it is for, whatever has become of that since."""
    row = entry.need or entry.agreement or entry.campaign
    return replace(
        row.purpose if row else NO_PURPOSE,
        campaign_id=entry.campaign_id,
        township_code=entry.township_code,
    )


def _require_balance(key: str, legs: Sequence[Leg]) -> None:
    sums: defaultdict[str, int] = defaultdict(int)
    for _code, amount in legs:
        if not amount:
            raise UnbalancedEntryError(f"{key}: a leg of zero")
        sums[amount.currency] += amount.minor
    wrong = {currency: minor for currency, minor in sums.items() if minor}
    if len(legs) < 2 or wrong:
        raise UnbalancedEntryError(f"{key}: {len(legs)} legs, off by {wrong}")


def _require_same_legs(entry: Entry, legs: Sequence[Leg]) -> None:
    booked = Counter(entry.postings.values_list("account__code", "amount_minor", "currency"))
    asked = Counter((code, amount.minor, amount.currency) for code, amount in legs)
    if booked != asked:
        raise EntryKeyReusedError(f"{entry.key} is booked with other legs")
