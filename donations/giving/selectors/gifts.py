"""What the pages of giving read."""

from dataclasses import dataclass

from django.db.models import QuerySet

from core import clock
from core.money import Money
from donations.models import Donation
from matching.models import Campaign, Need
from matching.registry.selectors.places import township_of
from matching.states import NeedStatus

# Stripe takes no single payment above this.
LARGEST_MINOR = 99_999_999
SMALLEST_MINOR = 100


@dataclass(frozen=True, slots=True)
class GiveTarget:
    """What a gift page is about: one need, or a campaign as a whole.

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
        township = township_of(self.need.village) if self.need else None
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
        return Money(min(SMALLEST_MINOR, max(self.most.minor, 1)), self.most.currency)


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
    most = min(need.missing.minor, LARGEST_MINOR)
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
        most=Money(LARGEST_MINOR, campaign.currency),
    )


def target_of_gift(donation: Donation) -> GiveTarget:
    """Return what a gift is for."""
    purpose = purpose_of(donation)
    return target_of_need(purpose) if isinstance(purpose, Need) else target_of_campaign(purpose)


def purpose_of(donation: Donation) -> Need | Campaign:
    """Return what a gift is for; a constraint sees to it that there is something."""
    purpose = donation.need or donation.campaign
    if purpose is None:
        raise ValueError(f"{donation.code} is for nothing")
    return purpose


def purpose_code(donation: Donation) -> str:
    """Return the public code in a gift's address: the need's, or the campaign's slug."""
    purpose = purpose_of(donation)
    return purpose.code if isinstance(purpose, Need) else purpose.slug


def gift_by_code(code: str) -> Donation | None:
    """Return a gift with what its page reads."""
    return (
        Donation.objects.select_related(
            "donor", "need__village__region__parent", "need__campaign", "campaign", "receipt"
        )
        .filter(code=code.upper())
        .first()
    )


def gift_payments(donation: Donation) -> QuerySet:
    """Return the gift's attempts, newest first."""
    return donation.payments.order_by("-attempt")


def township_code(donation: Donation) -> str:
    """Return the code of the township a gift is for; '' for a campaign as a whole."""
    if donation.need is None:
        return ""
    township = donation.need.village.region.parent
    return township.code if township else ""


def lost_match(donation: Donation) -> Money | None:
    """Return the promised match that a late payment found gone; None where nothing is lost."""
    lost = donation.promised_match_minor - donation.matched_minor
    if donation.collected_at is None or lost <= 0:
        return None
    return Money(lost, donation.currency)
