"""Where a fund's money lies after a take."""

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.funds.engine.slots import after_taking, opening

SLOTS = st.lists(st.integers(0, 1_000_000_000), min_size=1, max_size=64)


@settings(max_examples=300)
@given(SLOTS, st.integers(1, 2_000_000))
def test_a_take_is_exact_and_no_slot_goes_below_zero(slots, want):
    got, after = after_taking(slots, want)

    assert got == min(want, sum(slots))
    assert sum(after) == sum(slots) - got
    assert len(after) == len(slots)
    assert min(after) >= 0


def test_a_nearly_used_fund_becomes_one_row():
    assert after_taking([300, 200, 100], 50, ordinary_minor=100) == (50, [550, 0, 0])


def test_with_plenty_left_only_the_fullest_slot_changes():
    assert after_taking([1_000, 1_200, 900], 50, ordinary_minor=100) == (50, [1_000, 1_150, 900])


def test_money_that_gathered_in_one_slot_is_spread_again():
    assert after_taking([9_002, 0, 50], 50, ordinary_minor=100) == (50, [3_002, 3_000, 3_000])


@given(st.integers(1, 10**15), st.integers(1, 64))
def test_opening_shares_out_everything(total, count):
    slots = opening(total, count)

    assert sum(slots) == total
    assert max(slots) - min(slots) < count


def test_two_ordinary_gifts_a_slot_are_still_plenty_and_a_cent_less_is_not():
    assert after_taking([210, 220, 220], 50, ordinary_minor=100) == (50, [210, 170, 220])
    assert after_taking([209, 220, 220], 50, ordinary_minor=100) == (50, [599, 0, 0])


def test_half_of_it_in_one_slot_is_even_enough_and_a_cent_more_is_not():
    assert after_taking([900, 1_500, 600], 50, ordinary_minor=100)[1] == [900, 1_450, 600]
    assert after_taking([900, 1_501, 600], 50, ordinary_minor=100)[1] == [985, 983, 983]


def test_a_take_from_nothing_gets_nothing():
    assert after_taking([0, 0], 50, ordinary_minor=100) == (0, [0, 0])
