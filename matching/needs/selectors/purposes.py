"""What a gift is for, as the match rules and the books look at it: one statement, no rows kept.

Pages read needs and campaigns through their models, whose ``purpose`` is the same; every
gift reads this.
"""

from dataclasses import asdict, dataclass, replace
from typing import Any

from core import clock, sql
from matching.models import Campaign, Need
from matching.purpose import Purpose, PurposeKind
from matching.states import ConsentScope, NeedStatus

# The condition of ``Need.objects.public()`` on consent; its two values are today, twice.
CONSENT_IN_FORCE = f"""EXISTS (
    SELECT 1 FROM matching_consent AS consent
    WHERE consent.household_id = need.household_id
    AND consent.scope = {sql.literals(ConsentScope.PUBLISH_NEED)}
    AND consent.withdrawn_at IS NULL AND consent.given_on <= %s
    AND (consent.expires_on IS NULL OR consent.expires_on >= %s))"""  # noqa: S608 constants
_PUBLISHED = sql.literals(NeedStatus.PUBLISHED)
_NEED = f"""
SELECT need.id, need.code, need.currency, need.campaign_id, COALESCE(township.code, ''),
    need.status = {_PUBLISHED} AND {CONSENT_IN_FORCE},
    CASE WHEN need.status = {_PUBLISHED} THEN need.target_minor - need.committed_minor ELSE 0 END,
    need.category, region.code
FROM matching_need AS need
JOIN matching_village AS village ON village.id = need.village_id
JOIN matching_region AS region ON region.id = village.region_id
LEFT JOIN matching_region AS township
    ON township.id = region.parent_id AND township.level = 'township'
"""  # noqa: S608 constants
_CAMPAIGN = """
SELECT campaign.id, campaign.slug, campaign.currency, campaign.id, '',
    campaign.starts_at <= %s AND campaign.ends_at > %s, NULL, '', region.code
FROM matching_campaign AS campaign
JOIN matching_region AS region ON region.id = campaign.region_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal(Purpose):
    """A need or a campaign as it asks for gifts now, with what match rules look at.

    ``missing_minor`` is what a need that takes gifts still lacks, 0 for any other need and
    None for a campaign, which has no such limit.
    """

    is_open: bool
    missing_minor: int | None
    category: str = ""
    region_code: str = ""


# Of a gift for nothing in particular, which only a fund for everything matches.
NOTHING = Appeal(PurposeKind.NOTHING, None, "", "", is_open=False, missing_minor=None)


def need_purpose(*, need_code: str = "", need_id: int | None = None) -> Appeal | None:
    """Return a need as a purpose, by code or key; None where there is no such need."""
    today = sql.stored(clock.today())
    column = "need.id" if need_id else "need.code"
    values = [today, today, need_id or need_code]
    return _first(PurposeKind.NEED, f"{_NEED} WHERE {column} = %s", values)


def campaign_purpose(*, slug: str = "", campaign_id: int | None = None) -> Appeal | None:
    """Return a campaign as a purpose, by slug or key; None where there is no such campaign."""
    now = sql.stored(clock.now())
    column = "campaign.id" if campaign_id else "campaign.slug"
    values = [now, now, campaign_id or slug]
    return _first(PurposeKind.CAMPAIGN, f"{_CAMPAIGN} WHERE {column} = %s", values)


def purpose_by_id(*, need_id: int | None, campaign_id: int | None) -> Appeal:
    """Return what a gift with these keys is for.

    Raises:
        LookupError: the row is not there.
    """
    if need_id is None and campaign_id is None:
        return NOTHING
    found = (
        campaign_purpose(campaign_id=campaign_id)
        if need_id is None
        else need_purpose(need_id=need_id)
    )
    if found is None:
        raise LookupError(f"no need {need_id}, no campaign {campaign_id}")
    return found


def purpose_read(*, need: Need | None, campaign: Campaign | None) -> Appeal:
    """Return as a purpose what a page has read already; whether it is open is not looked at.

    A campaign named beside the need is the one that the gift counts for.
    """
    if need is not None:
        takes_gifts = need.status == NeedStatus.PUBLISHED
        return _appeal(
            replace(need.purpose, campaign_id=campaign.pk if campaign else need.campaign_id),
            is_open=takes_gifts,
            missing_minor=need.missing.minor if takes_gifts else 0,
            category=need.category,
            region_code=need.village.region.code,
        )
    if campaign is None:
        return NOTHING
    return _appeal(
        campaign.purpose, is_open=True, missing_minor=None, region_code=campaign.region.code
    )


def _appeal(purpose: Purpose, **now: Any) -> Appeal:
    return Appeal(**asdict(purpose), **now)


def _first(kind: PurposeKind, statement: str, values: list) -> Appeal | None:
    found = sql.rows(statement, values)
    if not found:
        return None
    *purpose, is_open, missing, category, region_code = found[0]
    return Appeal(
        kind,
        *purpose,
        is_open=bool(is_open),
        missing_minor=missing,
        category=category,
        region_code=region_code,
    )
