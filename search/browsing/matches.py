"""Which needs a match fund would match now, for many needs at once."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from core import clock
from matching.funds.engine.rules import FundRule, GiftFacts, refusal
from matching.funds.selectors.rules import rules_with_money
from matching.models import Need
from matching.models.places import in_language
from matching.states import NeedStatus


@dataclass(frozen=True, slots=True)
class MatchOffers:
    """Rules of the funds with money left at a moment, in the order they are asked."""

    rules: tuple[FundRule, ...]
    at: datetime

    def text_for(self, need: Need) -> str:
        """Return what the first fitting fund gives, in a few words; empty if none fits."""
        if need.status != NeedStatus.PUBLISHED or not need.missing:
            return ""
        # Of a gift that is large enough for every fund.
        gift = GiftFacts(
            amount_minor=need.target_minor,
            currency=need.currency,
            at=self.at,
            category=need.category,
            region_code=need.village.region.code,
            campaign_id=need.campaign_id,
        )
        rule = next((rule for rule in self.rules if not refusal(rule, gift)), None)
        if rule is None:
            return ""
        return _("%(sponsor)s：每捐 1 元，配捐 %(ratio)s 元") % {
            "sponsor": in_language(rule.names["sponsor"], rule.names["sponsor_en"]),
            "ratio": f"{rule.ratio_percent / 100:g}",
        }


def match_offers() -> MatchOffers:
    """Return the funds that match gifts at this moment, in one query."""
    now = clock.now()
    return MatchOffers(tuple(rules_with_money(at=now)), now)
