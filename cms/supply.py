"""What pages and blocks are supplied with from the database: needs, campaigns, figures.

Reads no model of cms, so that blocks may use it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Exists, OuterRef, QuerySet, Sum

from core import clock
from core.money import Money
from donations.models import Disbursement, TallyCounter
from donations.selectors.tallies import Board, board
from donations.states import DisbursementStatus
from matching.models import Campaign, Consent, Need
from matching.models.needs import NeedQuerySet
from matching.states import ConsentScope

FIGURES_SECONDS = 30


def needs_with_story(needs: NeedQuerySet) -> QuerySet[Need]:
    """Join public needs with what a card shows: place, charity, story, its cover and consent."""
    consents = Consent.objects.in_force(ConsentScope.PUBLISH_STORY)
    return (
        needs.for_cards()
        .select_related("story__cover")
        .prefetch_related("story__cover__renditions")
        .annotate(story_consented=Exists(consents.filter(household=OuterRef("household"))))
    )


def newest_open_needs(
    *, category: str = "", campaign: Campaign | None = None, limit: int = 6
) -> list[Need]:
    """Return the newest needs that take gifts, of one category or campaign if given."""
    needs = Need.objects.open()
    if category:
        needs = needs.filter(category=category)
    if campaign:
        needs = needs.filter(campaign=campaign)
    return list(needs_with_story(needs).order_by("-published_at", "-pk")[:limit])


def public_needs_of(pks: Sequence[int]) -> list[Need]:
    """Return those of the needs that are public now, in the order given."""
    found = needs_with_story(Need.objects.public()).in_bulk(pks)
    return [found[pk] for pk in pks if pk in found]


def current_campaign() -> Campaign | None:
    """Return the campaign in progress that opened last, else the one that ended last."""
    campaigns = Campaign.objects.select_related("project__charity", "region")
    now = clock.now()
    return (
        campaigns.open_at(now).order_by("-starts_at").first()
        or campaigns.filter(ends_at__lte=now).order_by("-ends_at").first()
    )


def campaign_board(campaign: Campaign | None = None) -> tuple[Campaign | None, Board | None]:
    """Return a campaign and its figures, the current one by default; None, None without any."""
    campaign = campaign or current_campaign()
    return (campaign, board(campaign)) if campaign else (None, None)


@dataclass(frozen=True, slots=True)
class SiteFigures:
    """What the programme has moved so far: three numbers, never added."""

    arrived: Money
    matched: Money
    paid_out: Money


def site_figures(currency: str) -> SiteFigures:
    """Return the sums of all campaigns and of all pay-outs, at most half a minute old."""
    key = f"site-figures:{currency}"
    held = cache.get(key)
    if held is None:
        sums = TallyCounter.objects.filter(currency=currency).aggregate(
            cash=Sum("cash_minor"), matched=Sum("matched_minor")
        )
        paid = Disbursement.objects.filter(
            currency=currency, status=DisbursementStatus.PAID
        ).aggregate(sum=Sum("amount_minor"))["sum"]
        held = (sums["cash"] or 0, sums["matched"] or 0, paid or 0)
        cache.set(key, held, FIGURES_SECONDS)
    return SiteFigures(*(Money(minor, currency) for minor in held))
