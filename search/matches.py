"""Which needs a match fund would match now, for many needs at once."""

from dataclasses import dataclass

from django.db.models import Sum
from django.utils.translation import gettext as _

from core import clock
from matching.models import MatchFund, Need
from matching.states import FundScope, FundStatus, NeedStatus


@dataclass(frozen=True, slots=True)
class MatchOffers:
    """Funds with money left, in the order they are asked."""

    funds: tuple[MatchFund, ...]

    def text_for(self, need: Need) -> str:
        """Return what the first fitting fund gives, in a few words; empty if none fits."""
        if need.status != NeedStatus.PUBLISHED or not need.missing:
            return ""
        for fund in self.funds:
            if _fits(fund, need):
                ratio = f"{fund.ratio_percent / 100:g}"
                return _("%(sponsor)s：每捐 1 元，配捐 %(ratio)s 元") % {
                    "sponsor": fund.sponsor.label,
                    "ratio": ratio,
                }
        return ""


def match_offers() -> MatchOffers:
    """Return the funds that match gifts at this moment, in one query."""
    now = clock.now()
    funds = MatchFund.objects.filter(
        status=FundStatus.ACTIVE, opens_at__lte=now, closes_at__gt=now
    ).annotate(left=Sum("slots__remaining_minor"))
    funds = funds.filter(left__gt=0).select_related("sponsor", "scope_region")
    return MatchOffers(tuple(funds.order_by("priority", "pk")))


def _fits(fund: MatchFund, need: Need) -> bool:
    if fund.currency != need.currency:
        return False
    if fund.scope == FundScope.CATEGORY:
        return fund.scope_category == need.category
    if fund.scope == FundScope.CAMPAIGN:
        return fund.scope_campaign_id == need.campaign_id
    if fund.scope == FundScope.REGION:
        region = fund.scope_region
        return region is not None and need.village.region.code.startswith(region.prefix)
    return True
