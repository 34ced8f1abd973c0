"""Asking each fund in its order for its share of one gift, inside one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from matching.engine.rules import (
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
from matching.models import MatchReservation, Need
from matching.services.caps import donor_day_add, donor_day_lock
from matching.services.need_funding import need_commit
from matching.services.slots import Draft, Taken, slot_credit, slots_take
from matching.states import NeedStatus


@dataclass(frozen=True, slots=True)
class _Take:
    part: Part
    taken: Taken


def funds_take(
    *, facts: GiftFacts, rules: Iterable[FundRule], draft: Draft, reserved_minor: int
) -> Match:
    """Hold what the funds add to the gift and commit the need's room for it.

    The same rule engine as the quote decides what to ask; the slots decide what there is.
    ``reserved_minor`` of the need's room is left free for the gift itself.
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
    if matched and draft.need_id is not None:
        takes = _fit_need(takes, draft.need_id, reserved_minor)
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


def _fit_need(takes: list[_Take], need_id: int, reserved_minor: int) -> list[_Take]:
    """Commit the need's room, first giving back what others took since the facts were read."""
    need = Need.objects.select_for_update().get(pk=need_id)
    missing = need.missing.minor if need.status == NeedStatus.PUBLISHED else 0
    excess = sum(take.part.amount_minor for take in takes) - max(missing - reserved_minor, 0)
    fitted = []
    for take in reversed(takes):
        cut = min(max(excess, 0), take.part.amount_minor)
        excess -= cut
        fitted.append(_cut(take, cut) if cut else take)
    fitted.reverse()
    total = sum(take.part.amount_minor for take in fitted)
    if total:
        need_commit(need_id=need_id, amount_minor=total)
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
