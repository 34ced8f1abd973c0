"""Asking each fund in its order for its share of one gift, inside one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from matching.funds.engine.rules import (
    NEED_FULL,
    FundRule,
    GiftFacts,
    Match,
    Part,
    ask,
    in_order,
    refusal,
    settle,
)
from matching.funds.services.caps import donor_day_add, donor_day_lock
from matching.funds.services.slots import Draft, Taken, slot_credit, slots_take
from matching.models import MatchReservation, Need
from matching.needs.services.funding import need_commit, need_room_take
from matching.states import NeedStatus


@dataclass(frozen=True, slots=True)
class Room:
    """What becomes of the need's room for the gift itself: taken along, or left free.

    Both are 0 where the gift has its room already.
    """

    take_minor: int = 0
    leave_minor: int = 0


@dataclass(frozen=True, slots=True)
class _Take:
    part: Part
    taken: Taken


def funds_take(*, facts: GiftFacts, rules: Iterable[FundRule], draft: Draft, room: Room) -> Match:
    """Hold what the funds add to the gift and commit the need's room for it.

    The same rule engine as the quote decides what to ask; the slots decide what there is.

    Raises:
        NeedShortfallError: the gift's own room was to be taken and is not there, or the
            need takes no gifts any more. Roll the slots back.
    """
    ordered = in_order(rules)
    used = donor_day_lock(
        fund_ids=[
            rule.id
            for rule in ordered
            if rule.donor_day_cap_minor is not None and not refusal(rule, facts)
        ],
        donor_key=draft.donor_key,
        day=draft.counted_on,
    )
    takes: list[_Take] = []
    matched = 0
    for rule in ordered:
        take = _take(rule, facts, draft, matched, used.get(rule.id, 0))
        matched += take.part.amount_minor
        takes.append(take)
    if draft.need_id is not None and matched + room.take_minor:
        takes = _need_take(takes, draft.need_id, room)
    for take in takes:
        _count_donor_day(take.part, draft)
    return Match(tuple(take.part for take in takes))


def _take(rule: FundRule, facts: GiftFacts, draft: Draft, matched: int, used: int) -> _Take:
    asked = ask(rule, facts, matched_minor=matched, donor_day_used_minor=used)
    if not asked.amount_minor:
        return _Take(asked, Taken(0))
    taken = slots_take(
        rule=rule, want_minor=asked.amount_minor, limited_by=asked.limited_by, draft=draft
    )
    return _Take(settle(asked, taken.amount_minor), taken)


def _need_take(takes: list[_Take], need_id: int, room: Room) -> list[_Take]:
    """Commit the need's room; where others took some since the facts were read, less match."""
    total = sum(take.part.amount_minor for take in takes) + room.take_minor
    if need_room_take(need_id=need_id, amount_minor=total, leave_minor=room.leave_minor):
        return takes
    fitted = _fit_need(takes, need_id, room)
    total = sum(take.part.amount_minor for take in fitted) + room.take_minor
    if total:
        need_commit(need_id=need_id, amount_minor=total)
    return fitted


def _fit_need(takes: list[_Take], need_id: int, room: Room) -> list[_Take]:
    """Give back, the fund asked last first, what the need has no room for any more."""
    # Not its key: others who hold reservations for it wait for the slots held here.
    need = Need.objects.select_for_update(no_key=True).get(pk=need_id)
    missing = need.missing.minor if need.status == NeedStatus.PUBLISHED else 0
    free = max(missing - room.take_minor - room.leave_minor, 0)
    excess = sum(take.part.amount_minor for take in takes) - free
    fitted = []
    for take in reversed(takes):
        cut = min(max(excess, 0), take.part.amount_minor)
        excess -= cut
        fitted.append(_cut(take, cut) if cut else take)
    fitted.reverse()
    return fitted


def _cut(take: _Take, cut: int) -> _Take:
    """Give part of a take back to the slot it came from, which this transaction holds."""
    kept = take.part.amount_minor - cut
    slot_credit(fund_id=take.part.rule.id, amount_minor=cut, slot=take.taken.slot)
    reservation = MatchReservation.objects.filter(pk=take.taken.reservation_id)
    if kept:
        reservation.update(amount_minor=kept, limited_by=NEED_FULL)
    else:
        reservation.delete()
    return replace(take, part=replace(take.part, amount_minor=kept, limited_by=NEED_FULL))


def _count_donor_day(part: Part, draft: Draft) -> None:
    cap = part.rule.donor_day_cap_minor
    if cap is None or not part.amount_minor:
        return
    donor_day_add(
        fund_id=part.rule.id,
        donor_key=draft.donor_key,
        day=draft.counted_on,
        amount_minor=part.amount_minor,
        cap_minor=cap,
    )
