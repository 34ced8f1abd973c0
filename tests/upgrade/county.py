"""What a kept database holds, and what of it must be the same after an upgrade."""

from datetime import UTC, datetime

from demo.seed.county import county_seed
from demo.seed.plan import Plan
from donations.books.selectors.health import chain_verdict
from donations.models import Donation, Entry, EntrySeal, Posting
from matching.models import Household, MatchReservation, Need

NOW = datetime(2026, 11, 29, 4, tzinfo=UTC)


def seed() -> None:
    """Fill an empty, migrated database with a small county in which every state occurs."""
    county_seed(plan=Plan.tiny(), progress=lambda line: None, now=NOW)


def figures() -> dict[str, object]:
    """Return counts, sums and the head of the chain."""
    head = EntrySeal.objects.order_by("-pk").first()
    return {
        "households": Household.objects.count(),
        "needs": sorted(Need.objects.values_list("code", "status", "collected_minor")),
        "gifts": sorted(Donation.objects.values_list("code", "status", "amount_minor")),
        "match": sorted(MatchReservation.objects.values_list("reference", "amount_minor")),
        "entries": Entry.objects.count(),
        "postings": sum(
            abs(minor) for minor in Posting.objects.values_list("amount_minor", flat=True)
        ),
        "ledger head": head.hash if head else "",
        "chain": chain_verdict().fault or "whole",
    }
