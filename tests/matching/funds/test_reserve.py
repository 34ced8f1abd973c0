"""Reserving: ratio, caps, scope, several funds, the need's room, idempotence."""

import pytest

from matching.models import DonorDayUse, MatchReservation, Need
from matching.states import FundScope, FundStatus
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import CampaignFactory, NeedFactory, make_tree
from tests.matching.funds.gifts import left, reserve

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fund_money_adds_up")]


def test_a_gift_is_matched_by_the_ratio_and_held():
    fund = MatchFundFactory(ratio_percent=50, authorised_minor=10_000)

    outcome = reserve("D1", 333)

    assert outcome.total_minor == 166
    assert [(part.fund_id, part.amount_minor, part.limited_by) for part in outcome.parts] == [
        (fund.pk, 166, "")
    ]
    assert left(fund) == 10_000 - 166
    row = MatchReservation.objects.get()
    assert (row.state, row.amount_minor, row.gift_minor) == ("held", 166, 333)


def test_reserving_twice_for_one_reference_returns_the_first():
    fund = MatchFundFactory()

    first = reserve("D1", 5_000)
    second = reserve("D1", 9_000)

    assert second == first
    assert left(fund) == 95_000


@pytest.mark.parametrize("slot_count", [1, 64])
def test_the_last_gift_gets_exactly_what_is_left(slot_count):
    fund = MatchFundFactory(authorised_minor=10_007, slot_count=slot_count)

    totals = [reserve(f"D{n}", 3_000).total_minor for n in range(5)]

    assert totals == [3_000, 3_000, 3_000, 1_007, 0]
    assert left(fund) == 0
    last = MatchReservation.objects.get(reference="D3")
    assert last.limited_by == "fund_empty"


def test_the_gift_cap_limits_one_gift():
    MatchFundFactory(gift_cap_minor=2_000)

    outcome = reserve("D1", 5_000)

    assert outcome.total_minor == 2_000
    assert outcome.explanation[0]["limited_by"] == "gift_cap"
    assert outcome.explanation[0]["limit_minor"] == 2_000


def test_the_donor_day_cap_counts_all_gifts_of_a_donor_but_not_of_another():
    fund = MatchFundFactory(donor_day_cap_minor=5_000)

    totals = [reserve(f"D{n}", 2_000).total_minor for n in range(4)]
    other = reserve("D9", 2_000, donor_key="donor-2")

    assert totals == [2_000, 2_000, 1_000, 0]
    assert other.total_minor == 2_000
    assert DonorDayUse.objects.get(fund=fund, donor_key="donor-1").used_minor == 5_000


def test_a_second_fund_tops_up_to_its_own_ratio():
    first = MatchFundFactory(priority=1, authorised_minor=3_000)
    second = MatchFundFactory(priority=2, authorised_minor=50_000)
    half = MatchFundFactory(priority=3, ratio_percent=50)

    outcome = reserve("D1", 10_000)

    assert {part.fund_id: part.amount_minor for part in outcome.parts} == {
        first.pk: 3_000,
        second.pk: 7_000,
    }
    assert left(half) == 100_000


def test_priority_decides_before_age():
    old = MatchFundFactory(priority=2)
    new = MatchFundFactory(priority=1)

    reserve("D1", 1_000)

    assert (left(old), left(new)) == (100_000, 99_000)


def test_a_paused_fund_matches_nothing():
    fund = MatchFundFactory(status=FundStatus.PAUSED)

    assert reserve("D1", 1_000).total_minor == 0
    assert left(fund) == 100_000


def test_a_sponsor_does_not_match_its_own_gift():
    fund = MatchFundFactory()

    outcome = reserve("D1", 1_000, donor_organisation_id=fund.sponsor_id)

    assert outcome.total_minor == 0
    assert outcome.explanation[0]["limited_by"] == "own_fund"


def test_scopes_choose_the_gifts():
    tree = make_tree()
    campaign = CampaignFactory()
    inside = NeedFactory(published=True, village=tree.village)
    MatchFundFactory(name="county", scope=FundScope.REGION, scope_region=tree.county)
    MatchFundFactory(
        name="medical", scope=FundScope.CATEGORY, scope_category="medical", ratio_percent=900
    )
    MatchFundFactory(
        name="campaign", scope=FundScope.CAMPAIGN, scope_campaign=campaign, ratio_percent=200
    )
    outside = NeedFactory(published=True, village=tree.foreign_village)

    assert reserve("D1", 1_000, need_id=inside.pk).total_minor == 1_000
    assert reserve("D2", 1_000, need_id=outside.pk).total_minor == 0
    assert reserve("D3", 1_000, campaign_id=campaign.pk).total_minor >= 2_000


def test_a_match_leaves_the_room_the_gift_itself_needs():
    MatchFundFactory()
    need = NeedFactory(published=True, target_minor=10_000)

    outcome = reserve("D1", 6_000, need_id=need.pk)

    need.refresh_from_db()
    assert outcome.total_minor == 4_000
    assert outcome.explanation[0]["limited_by"] == "need_full"
    assert need.committed_minor == 4_000


def test_a_gift_that_fills_the_need_is_not_matched():
    fund = MatchFundFactory()
    need = NeedFactory(published=True, target_minor=10_000)

    outcome = reserve("D1", 10_000, need_id=need.pk)

    assert outcome.total_minor == 0
    assert [item["limited_by"] for item in outcome.explanation] == ["need_full"]
    assert left(fund) == 100_000
    assert not MatchReservation.objects.exists()


def test_a_need_that_takes_no_gifts_gets_no_match():
    MatchFundFactory()
    need = NeedFactory(verified=True)

    assert reserve("D1", 1_000, need_id=need.pk).total_minor == 0
    assert Need.objects.get(pk=need.pk).committed_minor == 0


@pytest.mark.postgres
def test_a_hot_fund_takes_one_statement_and_the_whole_reservation_three(
    django_assert_num_queries,
):
    MatchFundFactory(slot_count=64)
    campaign = CampaignFactory()

    # Campaign, savepoint, rules (and live?), take, release.
    with django_assert_num_queries(5) as asked:
        reserve("D1", 1_000, campaign_id=campaign.pk)

    takes = [query["sql"] for query in asked.captured_queries if "SKIP LOCKED" in query["sql"]]
    assert len(takes) == 1
