"""What a campaign's page shows, and the list of campaigns."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.cards.need_cards import NeedCard, need_cards
from cms.cards.supply import newest_open_needs
from core import clock
from core.money import Money
from donations.tallies.selectors import board
from matching.funds.selectors.funds import active_funds_for, fund_progress
from matching.models import Campaign, MatchFund
from matching.models.places import in_language

FEATURED = 6


@dataclass(frozen=True, slots=True)
class FundLine:
    """A match fund of the campaign: what it promises and what of it is left."""

    name: str
    sponsor: str
    rule: str
    remaining: Money
    authorised: Money


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """A campaign in the list."""

    campaign: Campaign
    state: str
    tone: str
    arrived: Money
    gifts: int


@dataclass(frozen=True, slots=True)
class CampaignGroup:
    """Campaigns at the same stage, under one heading."""

    title: str
    lines: tuple[CampaignLine, ...]


def campaign_context(campaign: Campaign) -> dict[str, Any]:
    """Return what the campaign template needs."""
    shown = board(campaign)
    needs = newest_open_needs(campaign=campaign, limit=FEATURED)
    cards: list[NeedCard] = need_cards(needs)
    state, tone = stage(campaign)
    return {
        "campaign": campaign,
        "charity": campaign.project.charity,
        "board": shown,
        "need_cards": cards,
        "funds": [fund_line(fund) for fund in active_funds_for(campaign=campaign)],
        "facts": campaign_facts(campaign),
        "gifts": [
            {
                "name": gift.name or _("爱心人士"),
                "amount": str(gift.amount),
                "matched": str(gift.matched) if gift.matched.minor else "",
                "at": gift.at,
            }
            for gift in shown.latest
        ],
        "state": state,
        "state_tone": tone,
        "give_url": reverse("give", args=[campaign.slug]) if tone == "active" else "",
    }


def campaign_facts(campaign: Campaign) -> list[dict[str, str]]:
    """Return what a public campaign must say of itself.

    Source: Charity Law of the PRC, articles on public fundraising plans and on the
    information to be shown where money is raised.
    """
    project, charity = campaign.project, campaign.project.charity
    facts = [
        (_("募捐主体"), charity.label),
        (_("公开募捐资格证书"), charity.fundraising_certificate or _("未登记")),
        (_("募捐方案备案编号"), campaign.filing_number),
        (_("慈善项目"), project.label),
        (_("慈善项目备案编号"), project.filing_number),
        (_("募捐期限"), f"{_day(campaign.starts_at)} – {_day(campaign.ends_at)}"),
        (_("受益地区"), campaign.region.label),
        (_("目标金额"), str(campaign.target)),
        (_("款物用途"), _("用于本活动内已核实、已公示的家庭需求，逐笔拨付、逐笔公开。")),
        (_("剩余财产"), _("活动结束后的余款用于同一慈善项目的其他需求，并在活动报告里写明。")),
    ]
    return [{"term": term, "value": value} for term, value in facts]


def _day(instant: datetime) -> str:
    return clock.day_of(instant).isoformat()


def fund_line(fund: MatchFund) -> FundLine:
    """Return a fund in words."""
    progress = fund_progress(fund)
    ratio = Money(fund.ratio_percent, fund.currency)
    return FundLine(
        name=in_language(fund.name, fund.name_en),
        sponsor=fund.sponsor.label,
        rule=_("每捐 %(given)s，配 %(matched)s")
        % {"given": Money(100, fund.currency), "matched": ratio},
        remaining=progress.remaining,
        authorised=progress.authorised,
    )


def stage(campaign: Campaign) -> tuple[str, str]:
    """Return the campaign's stage in words and the badge's tone."""
    now = clock.now()
    if now < campaign.starts_at:
        return _("即将开始"), "waiting"
    if now < campaign.ends_at:
        return _("进行中"), "active"
    return _("已结束"), "done"


def campaign_list() -> list[CampaignGroup]:
    """Return all campaigns by stage; a stage without any is left out."""
    groups: dict[str, list[CampaignLine]] = {"active": [], "waiting": [], "done": []}
    for campaign in Campaign.objects.select_related("project__charity", "region"):
        state, tone = stage(campaign)
        shown = board(campaign)
        groups[tone].append(CampaignLine(campaign, state, tone, shown.cash, shown.gifts))
    titles = {"active": _("进行中"), "waiting": _("即将开始"), "done": _("已结束")}
    return [CampaignGroup(titles[tone], tuple(lines)) for tone, lines in groups.items() if lines]
