"""What holds for every gift, whatever the rules: never over a limit, never less for more."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.funds.engine.rules import FundState, match_for, refusal
from tests.matching.funds.engine.strategies import situations

EXAMPLES = settings(max_examples=300)


@EXAMPLES
@given(situations())
def test_no_part_is_ever_over_any_limit(situation):
    gift, rules, states = situation

    for part in match_for(gift, rules, states).parts:
        rule, state = part.rule, states[part.rule.id]
        assert 0 <= part.amount_minor <= gift.amount_minor * rule.ratio_percent // 100
        assert part.amount_minor <= state.remaining_minor
        if rule.gift_cap_minor is not None:
            assert part.amount_minor <= rule.gift_cap_minor
        if part.amount_minor and rule.donor_day_cap_minor is not None:
            assert part.amount_minor + state.donor_day_used_minor <= rule.donor_day_cap_minor
        if refusal(rule, gift):
            assert part.amount_minor == 0


@EXAMPLES
@given(situations())
def test_the_total_is_never_above_the_highest_ratio_nor_the_needs_room(situation):
    gift, rules, states = situation

    total = match_for(gift, rules, states).total_minor

    highest = max((rule.ratio_percent for rule in rules), default=0)
    assert total <= gift.amount_minor * highest // 100
    if gift.need_room_minor is not None:
        assert total <= gift.need_room_minor


@EXAMPLES
@given(situations(), st.integers(1, 100_000))
def test_a_larger_gift_is_never_matched_less(situation, more):
    gift, rules, states = situation
    larger = replace(gift, amount_minor=gift.amount_minor + more)

    before = match_for(gift, rules, states).total_minor

    assert match_for(larger, rules, states).total_minor >= before


@EXAMPLES
@given(situations(), st.integers(1, 100_000))
def test_more_money_in_a_fund_never_matches_less(situation, more):
    gift, rules, states = situation
    richer = {
        pk: FundState(state.remaining_minor + more, state.donor_day_used_minor)
        for pk, state in states.items()
    }

    before = match_for(gift, rules, states).total_minor

    assert match_for(gift, rules, richer).total_minor >= before


@EXAMPLES
@given(situations(), st.randoms(use_true_random=False))
def test_the_order_the_rules_come_in_does_not_matter(situation, random):
    gift, rules, states = situation
    shuffled = list(rules)
    random.shuffle(shuffled)

    assert match_for(gift, shuffled, states) == match_for(gift, rules, states)


@EXAMPLES
@given(situations())
def test_a_part_below_its_ratio_always_says_why(situation):
    gift, rules, states = situation

    matched = 0
    for part in match_for(gift, rules, states).parts:
        wanted = gift.amount_minor * part.rule.ratio_percent // 100 - matched
        if part.amount_minor < wanted:
            assert part.limited_by
        matched += part.amount_minor
