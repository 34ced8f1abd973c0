"""Making gifts in tests: what ``match_reserve`` needs, with ordinary values."""

from datetime import timedelta

from core import clock
from core.money import Money
from matching.funds.services.reservations import MatchOutcome, match_reserve


def reserve(reference: str, amount_minor: int, **changes) -> MatchOutcome:
    """Reserve for a gift to no need in particular, leased for ten minutes."""
    fields = {
        "reference": reference,
        "amount": Money(amount_minor),
        "need_id": None,
        "campaign_id": None,
        "donor_key": "donor-1",
        "donor_organisation_id": None,
        "lease_until": clock.now() + timedelta(minutes=10),
    }
    return match_reserve(**{**fields, **changes})


def left(fund) -> int:
    """Return what a fund has left, in minor units."""
    return sum(fund.slots.values_list("remaining_minor", flat=True))
