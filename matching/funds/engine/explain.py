"""A match told as facts: which fund added what, and what kept it from being more.

Items are plain dictionaries, kept with the gift as JSON. ``selectors.explanations`` turns
them into sentences of either language; nothing here is worded.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from matching.funds.engine import rules
from matching.funds.engine.rules import FundRule, Match, Part

MATCHED = "matched"
NOT_MATCHED = "not_matched"
# Reasons a giver can do something with or would wonder about; a fund for other places,
# causes or currencies is simply not theirs.
TOLD = frozenset(
    {
        rules.GIFT_CAP,
        rules.DONOR_DAY_CAP,
        rules.FUND_EMPTY,
        rules.NEED_FULL,
        rules.NOT_OPEN_YET,
        rules.CLOSED,
        rules.OWN_FUND,
        rules.MIN_GIFT,
    }
)


@dataclass(frozen=True, slots=True)
class Item:
    """One fact. Amounts in minor units; ``limit_minor`` belongs to ``limited_by``.

    ``at`` is the instant (ISO 8601) a window opens or closed.
    """

    code: str
    limited_by: str
    amount_minor: int
    currency: str
    fund: str
    name: str
    name_en: str
    sponsor: str
    sponsor_en: str
    ratio_percent: int
    limit_minor: int | None = None
    at: str = ""


def explanation(match: Match, currency: str) -> list[dict[str, object]]:
    """Return the facts of a match in the order the funds were asked.

    That the need is full is told once, not by every fund it stopped.
    """
    items: list[dict[str, object]] = []
    full = False
    for part in match.parts:
        repeated = full and not part.amount_minor and part.limited_by == rules.NEED_FULL
        full = full or part.limited_by == rules.NEED_FULL
        item = None if repeated else _item(part, currency)
        if item is not None:
            items.append(asdict(item))
    return items


def total_minor(items: Iterable[dict[str, object]]) -> int:
    """Return the match an explanation tells of."""
    return sum(int(str(item["amount_minor"])) for item in items)


def _item(part: Part, currency: str) -> Item | None:
    if part.amount_minor == 0 and part.limited_by not in TOLD:
        return None
    rule = part.rule
    return Item(
        code=MATCHED if part.amount_minor else NOT_MATCHED,
        limited_by=part.limited_by,
        amount_minor=part.amount_minor,
        currency=currency,
        fund=rule.code,
        name=rule.names.get("name", ""),
        name_en=rule.names.get("name_en", ""),
        sponsor=rule.names.get("sponsor", ""),
        sponsor_en=rule.names.get("sponsor_en", ""),
        ratio_percent=rule.ratio_percent,
        limit_minor=_limit(part, rule),
        at=_instant(part, rule),
    )


def _limit(part: Part, rule: FundRule) -> int | None:
    limits = {
        rules.GIFT_CAP: rule.gift_cap_minor,
        rules.DONOR_DAY_CAP: rule.donor_day_cap_minor,
        rules.MIN_GIFT: rule.min_gift_minor,
    }
    return limits.get(part.limited_by)


def _instant(part: Part, rule: FundRule) -> str:
    instants = {rules.NOT_OPEN_YET: rule.opens_at, rules.CLOSED: rule.closes_at}
    instant = instants.get(part.limited_by)
    return instant.isoformat() if instant else ""
