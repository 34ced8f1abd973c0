"""Reading the rules of match funds: plain SQL, since every gift asks for them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from core import sql
from matching.funds.engine.rules import FundRule
from matching.models.places import PREFIX_DIGITS
from matching.states import LIVE, FundStatus, Level

# Funds that ended this recently are still told of: «ended yesterday evening».
TELL_AFTER_CLOSING = timedelta(days=1)
_ACTIVE = sql.literals(FundStatus.ACTIVE)
_COLUMNS = """
    fund.id, fund.code, fund.sponsor_id, fund.currency, fund.ratio_percent,
    fund.min_gift_minor, fund.opens_at, fund.closes_at, fund.gift_cap_minor,
    fund.donor_day_cap_minor, fund.scope, fund.scope_category, region.code, region.level,
    fund.scope_campaign_id, fund.priority, fund.status, fund.rules_version, fund.slot_count,
    fund.name, fund.name_en, sponsor.name, sponsor.name_en
"""
_SELECT = f"""
SELECT {_COLUMNS}
FROM matching_matchfund AS fund
JOIN matching_organisation AS sponsor ON sponsor.id = fund.sponsor_id
LEFT JOIN matching_region AS region ON region.id = fund.scope_region_id
"""  # noqa: S608 constants
_IN_FORCE = (
    _SELECT
    + f"""
WHERE fund.status = {_ACTIVE} AND fund.currency = %s AND fund.closes_at > %s
ORDER BY fund.priority, fund.id
"""
)
# One row at least: whether the gift has live reservations is asked along with the rules.
_FOR_GIFT = f"""
SELECT live.is_live, {_COLUMNS}
FROM (
    SELECT EXISTS (
        SELECT 1 FROM matching_matchreservation
        WHERE reference = %s AND state IN ({sql.literals(*LIVE)})) AS is_live
) AS live
LEFT JOIN matching_matchfund AS fund
    ON fund.status = {_ACTIVE} AND fund.currency = %s AND fund.closes_at > %s
LEFT JOIN matching_organisation AS sponsor ON sponsor.id = fund.sponsor_id
LEFT JOIN matching_region AS region ON region.id = fund.scope_region_id
ORDER BY fund.priority, fund.id
"""  # noqa: S608 constants
_WITH_MONEY = f"""{_SELECT}
WHERE fund.status = {_ACTIVE} AND fund.opens_at <= %s AND fund.closes_at > %s
    AND EXISTS (
        SELECT 1 FROM matching_matchfundslot AS slot
        WHERE slot.fund_id = fund.id AND slot.remaining_minor > 0)
ORDER BY fund.priority, fund.id
"""  # noqa: S608 constants


def rules_with_money(*, at: datetime) -> list[FundRule]:
    """Return the rules of the funds that match gifts at this moment, in the order asked."""
    moment = sql.stored(at)
    return _read(_WITH_MONEY, [moment, moment])


def rules_in_force(*, currency: str, at: datetime) -> list[FundRule]:
    """Return the rules of active funds of a currency, those about to open included."""
    return _read(_IN_FORCE, [currency, sql.stored(at - TELL_AFTER_CLOSING)])


def rules_for_gift(*, reference: str, currency: str, at: datetime) -> tuple[bool, list[FundRule]]:
    """Return whether the gift has live reservations, and ``rules_in_force``; one statement."""
    found = sql.rows(_FOR_GIFT, [reference, currency, sql.stored(at - TELL_AFTER_CLOSING)])
    return bool(found[0][0]), [_rule(*row) for _is_live, *row in found if row[0] is not None]


def rules_of(fund_ids: Iterable[int]) -> list[FundRule]:
    """Return the rules of these funds, whatever their state."""
    ids = list(fund_ids)
    marks = ", ".join(["%s"] * len(ids)) or "NULL"
    where = f"WHERE fund.id IN ({marks}) ORDER BY fund.priority, fund.id"
    return _read(_SELECT + where, ids)


def _read(query: str, values: list) -> list[FundRule]:
    return [_rule(*row) for row in sql.rows(query, values)]


def _rule(*row) -> FundRule:
    (*start, opens_at, closes_at, gift_cap, day_cap, scope, category, code, level) = row[:14]
    campaign_id, priority, status, rules_version, slot_count, *names = row[14:]
    pk, fund_code, sponsor_id, currency, ratio_percent, min_gift = start
    return FundRule(
        id=pk,
        code=fund_code,
        sponsor_id=sponsor_id,
        currency=currency,
        ratio_percent=ratio_percent,
        min_gift_minor=min_gift,
        opens_at=_instant(opens_at),
        closes_at=_instant(closes_at),
        gift_cap_minor=gift_cap,
        donor_day_cap_minor=day_cap,
        scope=scope,
        scope_category=category,
        scope_region=code[: PREFIX_DIGITS[Level(level)]] if code else "",
        scope_campaign_id=campaign_id,
        priority=priority,
        is_active=status == FundStatus.ACTIVE,
        rules_version=rules_version,
        slot_count=slot_count,
        names=dict(zip(("name", "name_en", "sponsor", "sponsor_en"), names, strict=True)),
    )


def _instant(value: datetime) -> datetime:
    """Return an aware instant; SQLite keeps UTC without saying so."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)
