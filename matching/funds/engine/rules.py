"""How much of a gift each match fund adds, by rule. Pure: no database, no clock, no Django."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

# What kept a part from being larger.
GIFT_CAP = "gift_cap"
DONOR_DAY_CAP = "donor_day_cap"
FUND_EMPTY = "fund_empty"
NEED_FULL = "need_full"
# Why a fund added nothing at all (besides the four above).
NOT_ACTIVE = "not_active"
NOT_OPEN_YET = "not_open_yet"
CLOSED = "closed"
CURRENCY = "currency"
SCOPE = "scope"
OWN_FUND = "own_fund"
MIN_GIFT = "min_gift"
RATIO_REACHED = "ratio_reached"


@dataclass(frozen=True, slots=True)
class FundRule:
    """The rule of one fund. ``scope_region`` is a division code's significant digits."""

    id: int
    code: str
    sponsor_id: int
    currency: str
    ratio_percent: int
    min_gift_minor: int
    opens_at: datetime
    closes_at: datetime
    gift_cap_minor: int | None = None
    donor_day_cap_minor: int | None = None
    scope: str = "all"
    scope_category: str = ""
    scope_region: str = ""
    scope_campaign_id: int | None = None
    priority: int = 100
    is_active: bool = True
    rules_version: int = 1
    slot_count: int = 1
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GiftFacts:
    """What the rules look at. ``region_code`` is the 12-digit code where the gift goes.

    ``need_room_minor`` is what the need could still take beyond the gift itself; None for
    a gift to a campaign, which has no such limit.
    """

    amount_minor: int
    currency: str
    at: datetime
    category: str = ""
    region_code: str = ""
    campaign_id: int | None = None
    donor_organisation_id: int | None = None
    need_room_minor: int | None = None


@dataclass(frozen=True, slots=True)
class FundState:
    """What a fund has left, and what it promised this donor today."""

    remaining_minor: int
    donor_day_used_minor: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """What one fund adds: an amount, or nothing and ``limited_by`` says why."""

    rule: FundRule
    amount_minor: int
    limited_by: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """The parts in the order the funds were asked, those that add nothing included."""

    parts: tuple[Part, ...]

    @property
    def total_minor(self) -> int:
        """The whole match."""
        return sum(part.amount_minor for part in self.parts)


def in_order(rules: Iterable[FundRule]) -> list[FundRule]:
    """Return the funds in the order they are asked: by priority, then by age."""
    return sorted(rules, key=lambda rule: (rule.priority, rule.id))


def refusal(rule: FundRule, gift: GiftFacts) -> str:
    """Return why the rule never applies to this gift, or ``""`` where it does."""
    own = gift.donor_organisation_id is not None and gift.donor_organisation_id == rule.sponsor_id
    checks = (
        (not rule.is_active, NOT_ACTIVE),
        (rule.currency != gift.currency, CURRENCY),
        (not _in_scope(rule, gift), SCOPE),
        (own, OWN_FUND),
        (gift.at < rule.opens_at, NOT_OPEN_YET),
        (gift.at >= rule.closes_at, CLOSED),
        (gift.amount_minor < rule.min_gift_minor, MIN_GIFT),
    )
    return next((reason for failed, reason in checks if failed), "")


def _in_scope(rule: FundRule, gift: GiftFacts) -> bool:
    match rule.scope:
        case "all":
            return True
        case "category":
            return bool(gift.category) and gift.category == rule.scope_category
        case "region":
            return bool(rule.scope_region) and gift.region_code.startswith(rule.scope_region)
        case "campaign":
            return gift.campaign_id is not None and gift.campaign_id == rule.scope_campaign_id
    return False


def ask(rule: FundRule, gift: GiftFacts, *, matched_minor: int, donor_day_used_minor: int) -> Part:
    """Return what to ask of a fund, given what earlier funds added and not yet what it has.

    A fund tops the match up to its own ratio of the gift, rounded down, so funds together
    never add more than the highest ratio among them. The tightest limit is named; between
    equal ones the sponsor's rule comes before the need's room.
    """
    reason = refusal(rule, gift)
    if reason:
        return Part(rule, 0, reason)
    want = gift.amount_minor * rule.ratio_percent // 100 - matched_minor
    if want <= 0:
        return Part(rule, 0, RATIO_REACHED)
    limited_by = ""
    for limit, name in _limits(rule, gift, matched_minor, donor_day_used_minor):
        if limit < want:
            want, limited_by = max(limit, 0), name
    return Part(rule, want, limited_by)


def _limits(
    rule: FundRule, gift: GiftFacts, matched_minor: int, donor_day_used_minor: int
) -> list[tuple[int, str]]:
    limits = []
    if rule.gift_cap_minor is not None:
        limits.append((rule.gift_cap_minor, GIFT_CAP))
    if rule.donor_day_cap_minor is not None:
        limits.append((rule.donor_day_cap_minor - donor_day_used_minor, DONOR_DAY_CAP))
    if gift.need_room_minor is not None:
        limits.append((gift.need_room_minor - matched_minor, NEED_FULL))
    return limits


def settle(part: Part, got_minor: int) -> Part:
    """Return the part as it came out once the fund gave ``got_minor`` of what was asked."""
    if got_minor >= part.amount_minor:
        return part
    return replace(part, amount_minor=got_minor, limited_by=FUND_EMPTY)


def match_for(gift: GiftFacts, rules: Iterable[FundRule], states: Mapping[int, FundState]) -> Match:
    """Return what each fund would add to the gift if nobody else gave meanwhile.

    ``states`` is keyed by fund id; a fund without a state has nothing left. The same
    arguments always give the same match, whatever the order of ``rules``.
    """
    parts: list[Part] = []
    matched = 0
    for rule in in_order(rules):
        state = states.get(rule.id, FundState(0))
        asked = ask(
            rule,
            gift,
            matched_minor=matched,
            donor_day_used_minor=state.donor_day_used_minor,
        )
        part = settle(asked, min(asked.amount_minor, max(state.remaining_minor, 0)))
        matched += part.amount_minor
        parts.append(part)
    return Match(tuple(parts))
