"""Match money promised to gifts: reserved, extended, captured, released, reversed, expired.

Order of locks: reservation, donor-day rows by fund, slots in the funds' order, need. Book
ledger entries after these; no network call belongs into the transaction.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F, QuerySet

from core import clock, sql
from core.money import Money
from matching.funds.engine.explain import explanation
from matching.funds.engine.rules import Match, Part
from matching.funds.selectors.funds import facts_of
from matching.funds.selectors.rules import rules_for_gift, rules_of
from matching.funds.services.allocation import Room, funds_take
from matching.funds.services.caps import donor_day_return
from matching.funds.services.slots import Draft, slot_credit
from matching.models import MatchReservation
from matching.needs.selectors.purposes import Appeal, purpose_by_id
from matching.needs.services.funding import need_release
from matching.states import LIVE, ReservationState

logger = logging.getLogger(__name__)

EXPIRE_BATCH = 500
# A captured row stays as it is; it is touched so that a repeated call returns it again.
CAPTURE = f"""
UPDATE matching_matchreservation
SET state = {sql.literals(ReservationState.CAPTURED)}, settled_at = COALESCE(settled_at, %s)
WHERE reference = %s AND state IN ({sql.literals(*LIVE)})
RETURNING
    (SELECT priority FROM matching_matchfund AS fund WHERE fund.id = fund_id),
    fund_id,
    (SELECT code FROM matching_matchfund AS fund WHERE fund.id = fund_id),
    (SELECT sponsor_id FROM matching_matchfund AS fund WHERE fund.id = fund_id),
    amount_minor - reversed_minor,
    currency
"""  # noqa: S608 constants


@dataclass(frozen=True, slots=True)
class ReservedPart:
    """What one fund holds for a gift; ``limited_by`` is ``""`` or a code of the engine."""

    fund_id: int
    fund_code: str
    amount_minor: int
    limited_by: str


@dataclass(frozen=True, slots=True)
class MatchOutcome:
    """What is really held for a gift. ``explanation`` is JSON: see ``engine.explain``."""

    total_minor: int
    parts: tuple[ReservedPart, ...]
    explanation: list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class Captured:
    """Match money of one fund that became, or stopped being, part of a gift."""

    fund_id: int
    fund_code: str
    sponsor_id: int
    amount_minor: int
    currency: str


def match_reserve(
    *,
    reference: str,
    amount: Money,
    need_id: int | None,
    campaign_id: int | None,
    donor_key: str,
    donor_organisation_id: int | None,
    lease_until: datetime,
    gift_committed: bool = False,
) -> MatchOutcome:
    """Hold what the match funds add to a gift until the lease ends.

    Called before the gift's own ``need_commit`` (slots are locked before needs): the match
    never takes the room the gift needs, and commits the room it takes itself. A gift whose
    room is held from before says so with ``gift_committed``. A repeated call for a reference
    with live reservations returns those unchanged. No funds, or none left, is no error: the
    total is 0 and the explanation says why.
    """
    purpose = purpose_by_id(need_id=need_id, campaign_id=campaign_id)
    room = Room() if gift_committed else Room(leave_minor=amount.minor)
    try:
        with transaction.atomic():
            return _reserve(
                reference=reference,
                amount=amount,
                purpose=purpose,
                donor_key=donor_key,
                donor_organisation_id=donor_organisation_id,
                lease_until=lease_until,
                room=room,
            )
    except IntegrityError:
        # Somebody reserved for the same reference at the same moment: theirs stands.
        live = _live(reference)
        if not live:
            raise
        return _outcome_of(live)


def match_promise(
    *,
    reference: str,
    amount: Money,
    purpose: Appeal,
    donor_key: str,
    donor_organisation_id: int | None,
    lease_until: datetime,
) -> MatchOutcome:
    """Hold the room of a new gift at its need and what the match funds add, all or nothing.

    What ``match_reserve`` and the gift's own ``need_commit`` do, in fewer steps. The caller
    has the transaction and rolls it back where this raises.

    Raises:
        NeedShortfallError: the need lacks less than the gift or takes no gifts any more.
    """
    return _reserve(
        reference=reference,
        amount=amount,
        purpose=purpose,
        donor_key=donor_key,
        donor_organisation_id=donor_organisation_id,
        lease_until=lease_until,
        room=Room(take_minor=amount.minor),
    )


def _reserve(
    *,
    reference: str,
    amount: Money,
    purpose: Appeal,
    donor_key: str,
    donor_organisation_id: int | None,
    lease_until: datetime,
    room: Room,
) -> MatchOutcome:
    now = clock.now()
    is_live, rules = rules_for_gift(reference=reference, currency=amount.currency, at=now)
    if is_live:
        return _outcome_of(_live(reference))
    facts = facts_of(
        amount=amount,
        purpose=purpose,
        donor_organisation_id=donor_organisation_id,
        at=now,
        gift_committed=room == Room(),
    )
    draft = Draft(
        reference=reference,
        donor_key=donor_key,
        need_id=purpose.need_id,
        gift_minor=amount.minor,
        currency=amount.currency,
        counted_on=clock.day_of(now),
        lease_until=lease_until,
    )
    return _outcome(funds_take(facts=facts, rules=rules, draft=draft, room=room), amount.currency)


def _outcome(match: Match, currency: str) -> MatchOutcome:
    parts = tuple(
        ReservedPart(part.rule.id, part.rule.code, part.amount_minor, part.limited_by)
        for part in match.parts
        if part.amount_minor
    )
    return MatchOutcome(match.total_minor, parts, explanation(match, currency))


def _live(reference: str) -> list[MatchReservation]:
    return list(MatchReservation.objects.filter(reference=reference, state__in=LIVE))


def _outcome_of(reservations: list[MatchReservation]) -> MatchOutcome:
    """Tell again what live reservations hold, by the rules as they are now."""
    by_fund = {row.fund_id: row for row in reservations}
    parts = tuple(
        Part(rule, by_fund[rule.id].amount_minor, by_fund[rule.id].limited_by)
        for rule in rules_of(by_fund)
    )
    return _outcome(Match(parts), reservations[0].currency)


@transaction.atomic
def match_extend(*, reference: str, lease_until: datetime) -> int:
    """Hold longer, never shorter; return what is really held or captured, in minor units."""
    MatchReservation.objects.filter(
        reference=reference, state=ReservationState.HELD, lease_until__lt=lease_until
    ).update(lease_until=lease_until)
    return sum(row.amount_minor - row.reversed_minor for row in _live(reference))


def match_capture(*, reference: str) -> list[Captured]:
    """Make what is held part of the collected gift; return all that is captured.

    One statement. A repeated call changes nothing and returns the same. What expired is
    not captured: compare with the promise.
    """
    rows = sorted(sql.rows(CAPTURE, [sql.stored(clock.now()), reference]))
    return [Captured(*row) for _priority, *row in rows]


@transaction.atomic
def match_release(*, reference: str) -> int:
    """Give held money back to its funds, the donor's day and the need, once; return how much.

    Captured money stays. A repeated call returns 0.
    """
    held = MatchReservation.objects.filter(reference=reference, state=ReservationState.HELD)
    return _release(_in_fund_order(held))


def _release(rows: Iterable[MatchReservation]) -> int:
    """Release each row that is still held; the row count of its own UPDATE decides."""
    now = clock.now()
    released = [
        row
        for row in rows
        if MatchReservation.objects.filter(pk=row.pk, state=ReservationState.HELD).update(
            state=ReservationState.RELEASED, settled_at=now
        )
    ]
    _give_back([(row, row.amount_minor) for row in released])
    for row in released:
        if row.need_id is not None:
            need_release(need_id=row.need_id, amount_minor=row.amount_minor)
    return sum(row.amount_minor for row in released)


@transaction.atomic
def match_reverse(*, reference: str, amount_minor: int) -> list[Captured]:
    """Give captured money back to its funds because the gift was refunded, in part or whole.

    The fund asked last gives way first. Returns what went back to whom, at most what is
    captured, for the ledger. Not idempotent: the caller's refund record is the guard, and
    the need's counters are the caller's (``need_uncollect``).
    """
    rows = MatchReservation.objects.select_for_update(no_key=True, of=("self",)).filter(
        reference=reference, state=ReservationState.CAPTURED
    )
    returned: list[tuple[MatchReservation, int]] = []
    left = amount_minor
    for row in reversed(_in_fund_order(rows)):
        back = min(left, row.amount_minor - row.reversed_minor)
        if back > 0:
            left -= back
            MatchReservation.objects.filter(pk=row.pk).update(
                reversed_minor=F("reversed_minor") + back
            )
            returned.append((row, back))
    returned.reverse()
    _give_back(returned)
    return [_captured(row, back) for row, back in returned]


def _give_back(rows: list[tuple[MatchReservation, int]]) -> None:
    """Return money to donor-day rows, then to slots; ``rows`` are in the funds' order."""
    for row, amount in sorted(rows, key=lambda pair: pair[0].fund_id):
        donor_day_return(
            fund_id=row.fund_id, donor_key=row.donor_key, day=row.counted_on, amount_minor=amount
        )
    for row, amount in rows:
        slot_credit(fund_id=row.fund_id, amount_minor=amount)


def reservations_expire(*, limit: int = EXPIRE_BATCH) -> int:
    """Release reservations whose lease ended; return how many gifts lost their match.

    One short transaction a gift, so that a slow one holds up nothing. Rows somebody works
    on (a capture, another run) are skipped and looked at next time.
    """
    due = MatchReservation.objects.filter(state=ReservationState.HELD, lease_until__lte=clock.now())
    references = due.order_by("lease_until").values_list("reference", flat=True)[:limit]
    return sum(_expire_one(reference) for reference in dict.fromkeys(references))


def _expire_one(reference: str) -> int:
    try:
        with transaction.atomic():
            rows = MatchReservation.objects.select_for_update(
                no_key=True, skip_locked=True, of=("self",)
            )
            # Asked again under the lock: the lease may have been extended meanwhile.
            rows = rows.filter(
                reference=reference, state=ReservationState.HELD, lease_until__lte=clock.now()
            )
            return 1 if _release(_in_fund_order(rows)) else 0
    except (DatabaseError, ValueError):
        logger.exception("the match of %s could not be released; it stays due", reference)
        return 0


def _in_fund_order(rows: QuerySet[MatchReservation]) -> list[MatchReservation]:
    """Read in the order in which funds are locked everywhere."""
    return list(rows.select_related("fund").order_by("fund__priority", "fund_id"))


def _captured(row: MatchReservation, amount_minor: int) -> Captured:
    return Captured(
        fund_id=row.fund_id,
        fund_code=row.fund.code,
        sponsor_id=row.fund.sponsor_id,
        amount_minor=amount_minor,
        currency=row.currency,
    )
