"""What the pages of giving read."""

from dataclasses import dataclass, replace

from core import clock
from core.money import Money
from donations.models import Donation, Payment
from donations.provider.gateways import taking
from matching.models import Campaign, Need
from matching.needs.selectors.purposes import purpose_by_id
from matching.purpose import Purpose
from matching.states import NeedStatus


@dataclass(frozen=True, slots=True)
class GiveTarget:
    """A purpose as its gift page shows it: one need, or a campaign as a whole.

    ``most`` is the largest gift it can take now. ``campaign`` is the need's own where it
    has one: its gifts count for it.
    """

    code: str
    label: str
    need: Need | None
    campaign: Campaign | None
    is_open: bool
    most: Money

    @property
    def place(self) -> str:
        """The need's township, the finest place that is told of a need; '' for a campaign."""
        township = self.need.village.township if self.need else None
        return township.label if township else ""

    @property
    def promised(self) -> Money:
        """What is promised to the need and has not arrived."""
        if self.need is None:
            return Money(0, self.most.currency)
        return Money(self.need.committed_minor - self.need.collected_minor, self.most.currency)

    @property
    def least(self) -> Money:
        """The smallest gift; where less than that is missing, what is missing."""
        return Money(min(taking().smallest_minor, max(self.most.minor, 1)), self.most.currency)


def give_target(code: str) -> GiveTarget | None:
    """Return what ``/give/<code>/`` is about; None where the public knows no such thing."""
    need = (
        Need.objects.public()
        .for_cards()
        .select_related("campaign", "household")
        .filter(code=code.upper())
        .first()
    )
    if need is not None:
        return target_of_need(need)
    campaign = Campaign.objects.select_related("project__charity").filter(slug=code).first()
    return target_of_campaign(campaign) if campaign else None


def target_of_need(need: Need) -> GiveTarget:
    """Return a need as something to give to."""
    most = min(need.missing.minor, taking().largest_minor)
    return GiveTarget(
        code=need.code,
        label=need.label,
        need=need,
        campaign=need.campaign,
        is_open=need.status == NeedStatus.PUBLISHED and most > 0,
        most=Money(most, need.currency),
    )


def target_of_campaign(campaign: Campaign) -> GiveTarget:
    """Return a campaign as something to give to."""
    return GiveTarget(
        code=campaign.slug,
        label=campaign.label,
        need=None,
        campaign=campaign,
        is_open=campaign.starts_at <= clock.now() < campaign.ends_at,
        most=Money(taking().largest_minor, campaign.currency),
    )


def target_of_gift(donation: Donation) -> GiveTarget:
    """Return what a gift is for, as its page shows it."""
    if donation.need:
        return target_of_need(donation.need)
    if donation.campaign:
        return target_of_campaign(donation.campaign)
    raise ValueError(f"{donation.code} is for nothing")


def gift_purpose(donation: Donation) -> Purpose:
    """Return what a gift is for; it counts for the campaign it was given under."""
    purpose = purpose_by_id(need_id=donation.need_id, campaign_id=donation.campaign_id)
    return replace(purpose, campaign_id=donation.campaign_id)


def gift_by_code(code: str) -> Donation | None:
    """Return a gift with what its page reads."""
    return (
        Donation.objects.select_related(
            "donor", "need__village__region__parent", "need__campaign", "campaign", "receipt"
        )
        .filter(code=code.upper())
        .first()
    )


def latest_payment(donation: Donation) -> Payment | None:
    """Return the gift's newest attempt to pay, if there was one."""
    return donation.payments.order_by("-attempt").first()


def was_returned(donation: Donation) -> bool:
    """Return whether the money was sent back because the need was full by then."""
    return donation.events.filter(cause__startswith="returned").exists()


def lost_match(donation: Donation) -> Money | None:
    """Return the promised match that a late payment found gone; None where nothing is lost."""
    lost = donation.promised_match_minor - donation.matched_minor
    if donation.collected_at is None or lost <= 0:
        return None
    return Money(lost, donation.currency)
