"""The rule of one fund, case by case."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from matching.funds.engine.rules import FundRule, FundState, GiftFacts, match_for

NOW = datetime(2026, 10, 17, 4, tzinfo=UTC)
GIFT = GiftFacts(amount_minor=10_000, currency="CNY", at=NOW, region_code="530627102201")
RULE = FundRule(
    id=1,
    code="F1",
    sponsor_id=5,
    currency="CNY",
    ratio_percent=100,
    min_gift_minor=100,
    opens_at=NOW,
    closes_at=NOW + timedelta(hours=1),
)
RICH = {1: FundState(1_000_000), 2: FundState(1_000_000)}


@pytest.mark.parametrize(
    ("rule", "gift", "amount", "limited_by"),
    [
        ({}, {}, 10_000, ""),
        ({"ratio_percent": 33}, {"amount_minor": 101}, 33, ""),
        ({"is_active": False}, {}, 0, "not_active"),
        ({"currency": "USD"}, {}, 0, "currency"),
        ({}, {"at": NOW - timedelta(seconds=1)}, 0, "not_open_yet"),
        ({}, {"at": NOW + timedelta(hours=1)}, 0, "closed"),
        ({}, {"amount_minor": 99}, 0, "min_gift"),
        ({}, {"donor_organisation_id": 5}, 0, "own_fund"),
        ({}, {"donor_organisation_id": 6}, 10_000, ""),
        ({"gift_cap_minor": 700}, {}, 700, "gift_cap"),
        ({"donor_day_cap_minor": 900}, {}, 900, "donor_day_cap"),
        ({}, {"need_room_minor": 0}, 0, "need_full"),
        ({}, {"need_room_minor": 600}, 600, "need_full"),
        ({"gift_cap_minor": 600}, {"need_room_minor": 600}, 600, "gift_cap"),
        ({"scope": "category", "scope_category": "medical"}, {}, 0, "scope"),
        (
            {"scope": "category", "scope_category": "medical"},
            {"category": "medical"},
            10_000,
            "",
        ),
        (
            {"scope": "category", "scope_category": "medical"},
            {"category": "housing"},
            0,
            "scope",
        ),
        ({"scope": "category", "scope_category": ""}, {"category": ""}, 0, "scope"),
        ({"scope": "region", "scope_region": ""}, {}, 0, "scope"),
        ({"scope": "campaign", "scope_campaign_id": 3}, {"campaign_id": 4}, 0, "scope"),
        ({"scope": "campaign"}, {}, 0, "scope"),
        ({"scope": "nowhere"}, {}, 0, "scope"),
        ({}, {"amount_minor": 100}, 100, ""),
        ({"ratio_percent": 1, "min_gift_minor": 1}, {"amount_minor": 99}, 0, "ratio_reached"),
        ({"scope": "region", "scope_region": "530627"}, {}, 10_000, ""),
        ({"scope": "region", "scope_region": "530602"}, {}, 0, "scope"),
        ({"scope": "region", "scope_region": "530627"}, {"region_code": ""}, 0, "scope"),
        ({"scope": "campaign", "scope_campaign_id": 3}, {"campaign_id": 3}, 10_000, ""),
        ({"scope": "campaign", "scope_campaign_id": 3}, {"campaign_id": None}, 0, "scope"),
    ],
)
def test_one_fund(rule, gift, amount, limited_by):
    match = match_for(replace(GIFT, **gift), [replace(RULE, **rule)], RICH)

    assert [(part.amount_minor, part.limited_by) for part in match.parts] == [(amount, limited_by)]


def test_what_the_donor_was_promised_today_is_taken_off_the_cap():
    rule = replace(RULE, donor_day_cap_minor=900)

    match = match_for(GIFT, [rule], {1: FundState(1_000_000, donor_day_used_minor=850)})

    assert match.total_minor == 50


def test_an_empty_fund_says_so_and_the_next_one_steps_in():
    second = replace(RULE, id=2, code="F2", priority=200)

    match = match_for(GIFT, [second, RULE], {1: FundState(4_000), 2: FundState(1_000_000)})

    assert [(part.rule.id, part.amount_minor, part.limited_by) for part in match.parts] == [
        (1, 4_000, "fund_empty"),
        (2, 6_000, ""),
    ]


def test_a_fund_of_lower_ratio_tops_up_to_its_own_ratio_only():
    half = replace(RULE, id=2, code="F2", priority=200, ratio_percent=50)

    match = match_for(GIFT, [half, RULE], {1: FundState(2_000), 2: FundState(1_000_000)})

    assert [part.amount_minor for part in match.parts] == [2_000, 3_000]


def test_a_fund_after_one_that_gave_all_says_that_the_ratio_is_reached():
    second = replace(RULE, id=2, code="F2", priority=200)

    match = match_for(GIFT, [RULE, second], RICH)

    assert [(part.amount_minor, part.limited_by) for part in match.parts] == [
        (10_000, ""),
        (0, "ratio_reached"),
    ]


def test_a_fund_whose_state_is_not_known_has_nothing_left():
    match = match_for(GIFT, [RULE], {})

    assert [(part.amount_minor, part.limited_by) for part in match.parts] == [(0, "fund_empty")]
