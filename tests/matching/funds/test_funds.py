"""Funds over their life, and what pages read of them."""

from datetime import timedelta

import pytest

from core import clock
from core.invariants import violations
from core.models import AuditEvent
from core.money import Money
from matching.exceptions import FundRefusedError
from matching.funds.selectors.funds import active_funds_for, fund_progress
from matching.funds.services.funds import (
    HOT_SLOTS,
    fund_close,
    fund_create,
    fund_pause,
    fund_reduce,
    fund_resume,
    fund_top_up,
)
from matching.funds.services.reservations import match_capture, match_release
from matching.models import MatchFund
from matching.states import FundScope, FundStatus
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import CampaignFactory, NeedFactory, OrganisationFactory, make_tree
from tests.matching.funds.gifts import left, reserve

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fund_money_adds_up")]


def create(**changes) -> MatchFund:
    fields = {
        "sponsor": OrganisationFactory(),
        "name": "安心配捐",
        "authorised": Money(1_000_001),
        "opens_at": clock.now(),
        "closes_at": clock.now() + timedelta(days=3),
    }
    return fund_create(**{**fields, **changes})


def test_a_hot_fund_lies_in_64_slots():
    fund = create(slot_count=HOT_SLOTS)

    assert fund.slots.count() == 64
    assert left(fund) == 1_000_001
    assert AuditEvent.objects.get(object_ref=fund.code).action == "fund_create"


def test_creating_twice_under_one_code_makes_one_fund():
    first = create(code="FTEST")

    assert create(code="FTEST") == first
    assert MatchFund.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"authorised": Money(0)},
        {"ratio_percent": 0},
        {"ratio_percent": 1001},
        {"closes_at": clock.now() - timedelta(days=1)},
        {"gift_cap_minor": 0},
        {"donor_day_cap_minor": 0},
        {"slot_count": 0},
        {"slot_count": 65},
        {"scope": FundScope.CATEGORY},
        {"scope": FundScope.REGION},
        {"scope": FundScope.CAMPAIGN},
    ],
)
def test_a_rule_that_contradicts_itself_makes_no_fund(changes):
    with pytest.raises(FundRefusedError):
        create(**changes)

    assert not MatchFund.objects.exists()


def test_a_top_up_can_be_matched_at_once():
    fund = MatchFundFactory(authorised_minor=1_000, slot_count=4)
    reserve("D1", 1_000)

    fund_top_up(fund_id=fund.pk, amount=Money(502))

    assert reserve("D2", 1_000).total_minor == 502
    assert MatchFund.objects.get().authorised_minor == 1_502


def test_a_fund_is_never_reduced_below_what_it_promised():
    fund = MatchFundFactory(authorised_minor=10_000)
    reserve("D1", 6_000)
    reserve("D2", 1_000)
    match_capture(reference="D2")

    with pytest.raises(FundRefusedError, match="¥30"):
        fund_reduce(fund_id=fund.pk, amount=Money(3_001))
    assert left(fund) == 3_000
    fund_reduce(fund_id=fund.pk, amount=Money(3_000))

    assert (left(fund), MatchFund.objects.get().authorised_minor) == (0, 7_000)


def test_a_fund_is_closed_rather_than_reduced_to_nothing():
    fund = MatchFundFactory(authorised_minor=10_000)

    with pytest.raises(FundRefusedError):
        fund_reduce(fund_id=fund.pk, amount=Money(10_000))

    assert left(fund) == 10_000


def test_money_of_another_currency_is_refused():
    fund = MatchFundFactory()

    with pytest.raises(FundRefusedError):
        fund_top_up(fund_id=fund.pk, amount=Money(500, "USD"))

    assert left(fund) == 100_000


def test_pausing_honours_leases_and_resuming_matches_again():
    fund = MatchFundFactory()
    reserve("D1", 1_000)

    fund_pause(fund_id=fund.pk)
    fund_pause(fund_id=fund.pk)

    assert reserve("D2", 1_000).total_minor == 0
    assert [part.amount_minor for part in match_capture(reference="D1")] == [1_000]
    fund_resume(fund_id=fund.pk)
    assert reserve("D3", 1_000).total_minor == 1_000


def test_a_closed_fund_stays_closed_and_takes_back_what_was_not_paid():
    fund = MatchFundFactory()
    reserve("D1", 1_000)

    fund_close(fund_id=fund.pk)

    assert match_release(reference="D1") == 1_000
    assert left(fund) == 100_000
    for change in (fund_pause, fund_resume):
        with pytest.raises(FundRefusedError):
            change(fund_id=fund.pk)
    with pytest.raises(FundRefusedError):
        fund_top_up(fund_id=fund.pk, amount=Money(500))
    assert MatchFund.objects.get().status == FundStatus.CLOSED


def test_progress_tells_held_captured_and_remaining_apart():
    fund = MatchFundFactory(authorised_minor=10_000)
    reserve("D1", 1_000)
    reserve("D2", 2_500)
    match_capture(reference="D2")

    progress = fund_progress(fund)

    assert progress.held == Money(1_000)
    assert progress.captured == Money(2_500)
    assert progress.remaining == Money(6_500)
    assert progress.used_percent == 35


def test_the_funds_of_a_need_are_those_in_scope_now_in_their_order():
    tree = make_tree()
    need = NeedFactory(published=True, village=tree.village)
    late = MatchFundFactory(priority=9)
    county = MatchFundFactory(scope=FundScope.REGION, scope_region=tree.county, priority=1)
    MatchFundFactory(scope=FundScope.REGION, scope_region=tree.other_county)
    MatchFundFactory(scope=FundScope.CATEGORY, scope_category="medical")
    MatchFundFactory(scope=FundScope.CAMPAIGN, scope_campaign=CampaignFactory())
    MatchFundFactory(opens_at=clock.now() + timedelta(hours=1))
    MatchFundFactory(status=FundStatus.PAUSED)

    assert list(active_funds_for(need=need)) == [county, late]


def test_the_checks_find_money_that_went_astray():
    fund = MatchFundFactory(slot_count=2)
    slot = fund.slots.get(slot=1)

    slot.remaining_minor += 1
    slot.save()

    numbers = "authorised_minor=100000, left_minor=100001, live_minor=None"
    assert violations("matching") == [f"I2 fund conservation: code={fund.code}, {numbers}"]
    slot.remaining_minor -= 1
    slot.save()
