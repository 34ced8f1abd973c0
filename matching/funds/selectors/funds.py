"""Reading match funds: the rules in force, quotes, and how far a fund is used."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet, Sum

from core import clock
from core.money import Money
from matching.funds.engine.explain import explanation
from matching.funds.engine.rules import FundRule, FundState, GiftFacts, match_for
from matching.funds.selectors.explanations import explanation_sentences
from matching.funds.selectors.rules import rules_in_force
from matching.models import (
    Campaign,
    DonorDayUse,
    MatchFund,
    MatchFundSlot,
    MatchReservation,
    Need,
    Organisation,
)
from matching.models.places import PREFIX_DIGITS, in_language
from matching.needs.selectors.purposes import Appeal, purpose_read
from matching.states import LIVE, FundScope, FundStatus, ReservationState


@dataclass(frozen=True, slots=True)
class QuotePart:
    """What one fund would add; ``limited_by`` is ``""`` or a code of ``engine.rules``."""

    fund_code: str
    fund_name: str
    sponsor_name: str
    amount: Money
    limited_by: str


@dataclass(frozen=True, slots=True)
class Quote:
    """What a gift would be matched by now. A reservation, not a quote, is a promise."""

    total: Money
    parts: tuple[QuotePart, ...]
    explanation: list[dict[str, object]]

    @property
    def sentences(self) -> list[str]:
        """The explanation in the language being read."""
        return explanation_sentences(self.explanation)


@dataclass(frozen=True, slots=True)
class FundProgress:
    """Where a fund's money is: authorised = held + captured + remaining."""

    authorised: Money
    held: Money
    captured: Money
    remaining: Money

    @property
    def used_percent(self) -> int:
        """Held and captured as a share of the whole, 0 to 100, rounded down."""
        used = self.held.minor + self.captured.minor
        return used * 100 // self.authorised.minor


def match_quote(
    *,
    amount: Money,
    need: Need | None,
    campaign: Campaign | None,
    donor_key: str = "",
    donor_organisation_id: int | None = None,
    at: datetime | None = None,
) -> Quote:
    """Return what would be matched if the gift were made now. Promises nothing.

    An unknown donor (``donor_key`` empty) is quoted as one who gave nothing today.
    """
    at = at or clock.now()
    facts = facts_of(
        amount=amount,
        purpose=purpose_read(need=need, campaign=campaign),
        donor_organisation_id=donor_organisation_id,
        at=at,
    )
    rules = rules_in_force(currency=amount.currency, at=at)
    states = fund_states(rules, donor_key=donor_key, at=at)
    match = match_for(facts, rules, states)
    parts = tuple(
        QuotePart(
            fund_code=part.rule.code,
            fund_name=in_language(part.rule.names["name"], part.rule.names["name_en"]),
            sponsor_name=in_language(part.rule.names["sponsor"], part.rule.names["sponsor_en"]),
            amount=Money(part.amount_minor, amount.currency),
            limited_by=part.limited_by,
        )
        for part in match.parts
        if part.amount_minor
    )
    total = Money(match.total_minor, amount.currency)
    return Quote(total, parts, explanation(match, amount.currency))


def match_held_minor(reference: str) -> int:
    """Return how much match money is held or captured for a gift, reversals taken off."""
    rows = MatchReservation.objects.filter(reference=reference, state__in=LIVE)
    return sum(given - back for given, back in rows.values_list("amount_minor", "reversed_minor"))


def fund_states(rules: list[FundRule], *, donor_key: str, at: datetime) -> dict[int, FundState]:
    """Return what each fund has left, and what it promised the donor on that day."""
    ids = [rule.id for rule in rules]
    slots = MatchFundSlot.objects.filter(fund_id__in=ids).values_list("fund_id")
    remaining = dict(slots.annotate(left=Sum("remaining_minor")))
    used: dict[int, int] = {}
    capped = [rule.id for rule in rules if rule.donor_day_cap_minor is not None]
    if donor_key and capped:
        uses = DonorDayUse.objects.filter(
            fund_id__in=capped, donor_key=donor_key, day=clock.day_of(at)
        )
        used = dict(uses.values_list("fund_id", "used_minor"))
    return {pk: FundState(remaining.get(pk, 0), used.get(pk, 0)) for pk in ids}


def facts_of(
    *,
    amount: Money,
    purpose: Appeal,
    donor_organisation_id: int | None,
    at: datetime,
    gift_committed: bool = False,
) -> GiftFacts:
    """Return what the rules look at.

    ``gift_committed`` says that the need's room for the gift itself is taken already.
    """
    room = purpose.missing_minor
    if room is not None and not gift_committed:
        # The gift itself comes first; a match never takes the room it needs.
        room = max(room - amount.minor, 0)
    return GiftFacts(
        amount_minor=amount.minor,
        currency=amount.currency,
        at=at,
        category=purpose.category,
        region_code=purpose.region_code,
        campaign_id=purpose.campaign_id,
        donor_organisation_id=donor_organisation_id,
        need_room_minor=room,
    )


def active_funds_for(
    *, need: Need | None = None, campaign: Campaign | None = None, at: datetime | None = None
) -> QuerySet[MatchFund]:
    """Return the funds that match gifts to a need or a campaign now, in the order asked.

    Whether they have money left is told by ``fund_progress``.
    """
    at = at or clock.now()
    region = need.village.region if need else (campaign.region if campaign else None)
    campaign_id = campaign.pk if campaign else (need.campaign_id if need else None)
    scope = Q(scope=FundScope.ALL)
    if need:
        scope |= Q(scope=FundScope.CATEGORY, scope_category=need.category)
    if campaign_id:
        scope |= Q(scope=FundScope.CAMPAIGN, scope_campaign_id=campaign_id)
    if region:
        above = [region.code[:digits].ljust(12, "0") for digits in PREFIX_DIGITS.values()]
        scope |= Q(scope=FundScope.REGION, scope_region__code__in=above)
    funds = MatchFund.objects.filter(scope, status=FundStatus.ACTIVE)
    funds = funds.filter(opens_at__lte=at, closes_at__gt=at)
    return funds.select_related("sponsor").order_by("priority", "pk")


def funds_sponsored_by(organisations: Iterable[Organisation]) -> QuerySet[MatchFund]:
    """Return the funds of these sponsors, the latest first."""
    return MatchFund.objects.filter(sponsor__in=organisations).order_by("-opens_at", "-pk")


def fund_progress(fund: MatchFund) -> FundProgress:
    """Return where the fund's money is."""
    sums = MatchReservation.objects.filter(fund=fund).aggregate(
        held=Sum("amount_minor", filter=Q(state=ReservationState.HELD)),
        captured=Sum("amount_minor", filter=Q(state=ReservationState.CAPTURED)),
        back=Sum("reversed_minor", filter=Q(state=ReservationState.CAPTURED)),
    )
    held, captured = sums["held"] or 0, (sums["captured"] or 0) - (sums["back"] or 0)
    left = fund.slots.aggregate(left=Sum("remaining_minor"))["left"] or 0
    return FundProgress(
        authorised=fund.authorised,
        held=Money(held, fund.currency),
        captured=Money(captured, fund.currency),
        remaining=Money(left, fund.currency),
    )
