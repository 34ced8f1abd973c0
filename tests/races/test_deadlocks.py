"""Paths that meet on one need, one fund and one campaign never stop each other for good."""

from functools import partial

import pytest
from django.conf import settings

from matching.models import MatchFund
from matching.states import Role
from tests.databases import url
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import CampaignFactory, HouseholdFactory, NeedFactory, make_person
from tests.invariants import violations
from tests.races.harness import run_together
from tests.races.lock_work import PATHS
from tests.waiting import PATIENCE

pytestmark = pytest.mark.postgres
TURNS = 8


@pytest.fixture
def meeting(committed_db):
    """Two needs of one household and campaign, two funds, and everybody who acts on them."""
    household = HouseholdFactory()
    campaign = CampaignFactory()
    needs = [
        NeedFactory(
            published=True, household=household, village=household.village,
            campaign=campaign, target_minor=10_000_000,
        )
        for _number in range(2)
    ]  # fmt: skip
    MatchFundFactory(slot_count=4, priority=1, authorised_minor=500_000)
    MatchFundFactory(
        slot_count=1, priority=2, authorised_minor=500_000, donor_day_cap_minor=400_000
    )
    for name in ("fund1", "fund2"):
        make_person(Role.FUND_OFFICER, username=name)
    make_person(Role.VILLAGE_OFFICER, household.village.region, username="village")
    return needs


@pytest.fixture
def together():
    return partial(run_together, database_url=url(), var_dir=settings.VAR_DIR)


def test_control_opposite_orders_deadlock(meeting, together, tmp_path):
    """If this fails, the test below proves nothing."""
    outcomes = together(
        "tests.races.lock_work:cross",
        processes=4,
        need_id=meeting[0].pk,
        fund_id=MatchFund.objects.order_by("pk").first().pk,
        folder=str(tmp_path),
    )

    assert set(outcomes) == {"done", "deadlocked"}


def test_gifts_refunds_payouts_and_consents_at_once_never_deadlock(meeting, together):
    outcomes = together(
        "tests.races.lock_work:meet", processes=2 * len(PATHS), turns=TURNS, bound=PATIENCE // 2
    )

    assert [told.get("deadlocked", 0) for told in outcomes] == [0] * len(outcomes)
    assert [told["done"] for told in outcomes] == [TURNS] * len(outcomes)
    assert violations() == []
