"""What a giver is told about a match."""

import json
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings

from matching.funds.engine.explain import explanation, total_minor
from matching.funds.engine.rules import FundState, match_for
from tests.matching.funds.engine.strategies import situations
from tests.matching.funds.engine.test_rules import GIFT, NOW, RICH, RULE


def told(gift, rules, states) -> list[tuple]:
    """Return code, reason and amount of every item."""
    items = explanation(match_for(gift, rules, states), gift.currency)
    return [(item["code"], item["limited_by"], item["amount_minor"]) for item in items]


def test_the_limit_comes_with_its_number():
    items = explanation(match_for(GIFT, [replace(RULE, gift_cap_minor=700)], RICH), "CNY")

    assert (items[0]["limited_by"], items[0]["limit_minor"]) == ("gift_cap", 700)


def test_a_window_comes_with_its_instant():
    soon = replace(RULE, opens_at=NOW + timedelta(minutes=5))

    items = explanation(match_for(GIFT, [soon], RICH), "CNY")

    assert (items[0]["code"], items[0]["limited_by"]) == ("not_matched", "not_open_yet")
    assert items[0]["at"] == "2026-10-17T04:05:00+00:00"


def test_funds_for_other_purposes_are_not_mentioned():
    other = replace(RULE, scope="campaign", scope_campaign_id=3)

    assert told(GIFT, [other], RICH) == []


def test_that_the_need_is_full_is_told_once():
    gift = replace(GIFT, need_room_minor=400)
    second = replace(RULE, id=2, code="F2", priority=200)

    assert told(gift, [RULE, second], RICH) == [("matched", "need_full", 400)]


@settings(max_examples=200)
@given(situations())
def test_the_items_add_up_to_the_match_and_are_plain_json(situation):
    gift, rules, states = situation

    match = match_for(gift, rules, states)
    items = json.loads(json.dumps(explanation(match, gift.currency)))

    assert total_minor(items) == match.total_minor


def test_an_empty_fund_is_told_of():
    assert told(GIFT, [RULE], {1: FundState(0)}) == [("not_matched", "fund_empty", 0)]


def test_a_fund_that_is_closed_to_the_gift_is_told_of_after_the_need_is_full():
    gift = replace(GIFT, need_room_minor=400)
    soon = replace(RULE, id=2, code="F2", priority=200, opens_at=NOW + timedelta(minutes=5))

    assert told(gift, [RULE, soon], RICH) == [
        ("matched", "need_full", 400),
        ("not_matched", "not_open_yet", 0),
    ]
