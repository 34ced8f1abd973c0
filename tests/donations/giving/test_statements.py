"""What a gift costs in round trips; a figure that grows is a change somebody must mean."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.money import Money
from donations.giving.services.collection import donation_collect
from donations.giving.services.gifts import gift_start
from donations.receipts.services.receipts import receipt_issue
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import CampaignFactory, NeedFactory
from tests.invariants import assert_invariants

pytestmark = pytest.mark.django_db
# One of the promise's asks for which organisation the giver gives.
# (promised, collected, receipt); a database server takes several statements in one go.
CAMPAIGN = {"postgresql": (9, 12, 7), "sqlite": (9, 15, 7)}
NEED_MATCHED = {"postgresql": (12, 14, 7), "sqlite": (13, 17, 7)}
NEED_MATCHED_TWICE = {"postgresql": (15, 14, 7), "sqlite": (17, 17, 7)}


def steps(**purpose) -> tuple[int, int, int]:
    """Return the statements of a new donor's gift, its collection and its receipt."""
    with CaptureQueriesContext(connection) as promised:
        donation = gift_start(
            client_token=uuid.uuid4(),
            amount=Money(1_000),
            email=f"{uuid.uuid4().hex}@example.org",
            **purpose,
        )
    with CaptureQueriesContext(connection) as collected:
        donation_collect(
            donation_id=donation.pk, charge_id=f"ch_{donation.code}", method="card", fee_minor=10
        )
    with CaptureQueriesContext(connection) as receipted:
        receipt_issue(donation_id=donation.pk)
    return len(promised), len(collected), len(receipted)


def test_a_gift_to_a_campaign_takes_28_statements_on_a_server():
    campaign = CampaignFactory()

    assert steps(campaign_slug=campaign.slug) == CAMPAIGN[connection.vendor]
    assert_invariants()


def test_a_matched_gift_to_a_need_takes_33_statements_on_a_server():
    need = NeedFactory(published=True, campaign=CampaignFactory(), target_minor=1_000_000)
    MatchFundFactory(slot_count=64 if connection.vendor == "postgresql" else 1)

    assert steps(need_code=need.code) == NEED_MATCHED[connection.vendor]
    assert_invariants()


def test_a_second_fund_with_a_daily_cap_adds_three():
    need = NeedFactory(published=True, campaign=CampaignFactory(), target_minor=1_000_000)
    MatchFundFactory(slot_count=64 if connection.vendor == "postgresql" else 1)
    MatchFundFactory(ratio_percent=150, donor_day_cap_minor=5_000)

    assert steps(need_code=need.code) == NEED_MATCHED_TWICE[connection.vendor]
    assert_invariants()


def test_the_twentieth_gift_costs_what_the_first_did():
    campaign = CampaignFactory()
    first = steps(campaign_slug=campaign.slug)

    for _number in range(20):
        assert steps(campaign_slug=campaign.slug) == first
