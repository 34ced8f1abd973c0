"""The rules of match funds are said as a query set, in plain SQL and in the pure engine."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import clock
from core.money import Money
from matching.funds.engine.rules import GiftFacts, refusal
from matching.funds.selectors.funds import active_funds_for, facts_of, match_held_minor
from matching.funds.selectors.rules import (
    TELL_AFTER_CLOSING,
    rules_for_gift,
    rules_in_force,
    rules_of,
    rules_with_money,
)
from matching.models import MatchFund, MatchReservation
from matching.needs.selectors.purposes import purpose_read
from matching.states import LIVE, Category, FundScope, FundStatus, ReservationState
from tests.examples import DRAWN, taken_back
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import CampaignFactory, NeedFactory, OrganisationFactory, make_tree

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 17, 4, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
OPENS = st.sampled_from([-2 * DAY, -SECOND, timedelta(0), SECOND])
LASTS = st.sampled_from([SECOND, 2 * SECOND, DAY, 2 * DAY - SECOND, 2 * DAY, 3 * DAY])


@pytest.fixture
def places(db):
    """Return the tree, a campaign, and a need of that campaign in the tree's first village."""
    tree = make_tree()
    campaign = CampaignFactory(region=tree.county)
    return tree, campaign, NeedFactory(published=True, campaign=campaign)


@st.composite
def funds(draw) -> dict:
    """Return a fund's fields; who it is for is drawn as a name."""
    return {
        "status": draw(st.sampled_from([FundStatus.ACTIVE, FundStatus.ACTIVE, *FundStatus])),
        "opens": draw(OPENS),
        "lasts": draw(LASTS),
        "currency": draw(st.sampled_from(["CNY", "CNY", "USD"])),
        "for": draw(
            st.sampled_from(
                ["all", "its category", "another category", "its campaign", "another campaign",
                 "its county", "its village", "its province", "another county", "another village"]
            )
        ),
        "priority": draw(st.integers(1, 3)),
        "spent": draw(st.booleans()),
    }  # fmt: skip


def make(fund: dict, sponsor, tree, campaign) -> MatchFund:
    scope = {
        "all": {},
        "its category": {"scope": FundScope.CATEGORY, "scope_category": Category.EDUCATION},
        "another category": {"scope": FundScope.CATEGORY, "scope_category": Category.MEDICAL},
        "its campaign": {"scope": FundScope.CAMPAIGN, "scope_campaign": campaign},
        "another campaign": {"scope": FundScope.CAMPAIGN, "scope_campaign": CampaignFactory()},
        "its county": {"scope": FundScope.REGION, "scope_region": tree.county},
        "its village": {"scope": FundScope.REGION, "scope_region": tree.village.region},
        "its province": {"scope": FundScope.REGION, "scope_region": tree.province},
        "another county": {"scope": FundScope.REGION, "scope_region": tree.other_county},
        "another village": {
            "scope": FundScope.REGION,
            "scope_region": tree.neighbour_village.region,
        },
    }[fund["for"]]
    opens_at = NOW + fund["opens"]
    made = MatchFundFactory(
        sponsor=sponsor,
        status=fund["status"],
        opens_at=opens_at,
        closes_at=opens_at + fund["lasts"],
        currency=fund["currency"],
        priority=fund["priority"],
        **scope,
    )
    if fund["spent"]:
        made.slots.update(remaining_minor=0)
    return made


def applying(rules, facts: GiftFacts) -> list[int]:
    """Return the funds that the engine lets match a gift, least gift and donor apart."""
    return [rule.id for rule in rules if not refusal(replace(rule, min_gift_minor=0), facts)]


@DRAWN
@given(st.lists(funds(), max_size=4), st.booleans())
def test_the_same_funds_apply_by_query_set_by_sql_and_by_engine(places, drawn, is_need):
    tree, campaign, need = places
    with taken_back(), clock.pretend(NOW):
        sponsor = OrganisationFactory()
        made = [make(fund, sponsor, tree, campaign) for fund in drawn]
        asked = {"need": need if is_need else None, "campaign": None if is_need else campaign}
        facts = facts_of(
            amount=Money(100),
            purpose=purpose_read(**asked),
            donor_organisation_id=None,
            at=NOW,
        )
        in_yuan = [fund.pk for fund in active_funds_for(**asked) if fund.currency == "CNY"]

        in_force = rules_in_force(currency="CNY", at=NOW)

        assert applying(rules_of(fund.pk for fund in made), facts) == in_yuan
        assert applying(in_force, facts) == in_yuan
        assert rules_for_gift(reference="G1", currency="CNY", at=NOW) == (False, in_force)
        told_of = {
            fund.pk
            for fund in made
            if fund.status == FundStatus.ACTIVE
            and fund.currency == "CNY"
            and fund.closes_at > NOW - TELL_AFTER_CLOSING
        }
        assert {rule.id for rule in in_force} == told_of
        with_money = [
            fund.pk
            for fund in sorted(made, key=lambda fund: (fund.priority, fund.pk))
            if fund.status == FundStatus.ACTIVE
            and fund.opens_at <= NOW < fund.closes_at
            and fund.slots.filter(remaining_minor__gt=0).exists()
        ]
        assert [rule.id for rule in rules_with_money(at=NOW)] == with_money


@pytest.mark.parametrize("state", ReservationState)
def test_a_gift_is_live_in_sql_as_it_is_in_the_query_sets(state):
    fund = MatchFundFactory()
    MatchReservation.objects.create(
        fund=fund,
        reference="G1",
        donor_key="d",
        gift_minor=100,
        amount_minor=70,
        currency="CNY",
        counted_on=clock.day_of(NOW),
        state=state,
        lease_until=NOW,
        settled_at=None if state == ReservationState.HELD else NOW,
        rules_version=1,
    )

    is_live, _rules = rules_for_gift(reference="G1", currency="CNY", at=NOW)

    assert is_live == (state in LIVE) == (match_held_minor("G1") == 70)
    assert not rules_for_gift(reference="G2", currency="CNY", at=NOW)[0]


def test_a_rule_read_from_the_database_is_the_fund(places):
    tree, campaign, _need = places
    fund = MatchFundFactory(
        ratio_percent=33,
        min_gift_minor=7,
        gift_cap_minor=8,
        donor_day_cap_minor=9,
        scope=FundScope.REGION,
        scope_region=tree.township,
        scope_category=Category.MEDICAL,
        scope_campaign=campaign,
        priority=5,
        rules_version=4,
        slot_count=2,
        opens_at=NOW,
        closes_at=NOW + SECOND,
    )

    (rule,) = rules_of([fund.pk])

    assert (rule.id, rule.code, rule.sponsor_id) == (fund.pk, fund.code, fund.sponsor_id)
    assert (rule.currency, rule.ratio_percent, rule.min_gift_minor) == ("CNY", 33, 7)
    assert (rule.opens_at, rule.closes_at) == (NOW, NOW + SECOND)
    assert (rule.gift_cap_minor, rule.donor_day_cap_minor) == (8, 9)
    assert (rule.scope, rule.scope_category, rule.scope_region) == (
        "region",
        "medical",
        "530627102",
    )
    assert (rule.scope_campaign_id, rule.priority, rule.is_active) == (campaign.pk, 5, True)
    assert (rule.rules_version, rule.slot_count) == (4, 2)
    assert rule.names == {
        "name": fund.name,
        "name_en": fund.name_en,
        "sponsor": fund.sponsor.name,
        "sponsor_en": fund.sponsor.name_en,
    }
    assert rules_of([]) == []
