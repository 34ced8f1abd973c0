"""Amounts in Chinese capitals against a fixed table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donations.receipts.capitals import DIGITS, in_capitals

# The first three are examples of the People's Bank's rules for bills (annex 1, no. 3). Where 万
# or 元 is 0 and the next place is not, the rules leave 零 free; we say it before thousands.
TABLE = [
    (140950, "壹仟肆佰零玖元伍角整"),
    (600714, "陆仟零柒元壹角肆分"),
    (1640902, "壹万陆仟肆佰零玖元零贰分"),
    (10768000, "壹拾万零柒仟陆佰捌拾元整"),
    (32504, "叁佰贰拾伍元零肆分"),
    (0, "零元整"),
    (1, "壹分"),
    (10, "壹角整"),
    (15, "壹角伍分"),
    (100, "壹元整"),
    (1_000, "壹拾元整"),
    (8_850, "捌拾捌元伍角整"),
    (10_100, "壹佰零壹元整"),
    (100_000, "壹仟元整"),
    (100_100, "壹仟零壹元整"),
    (101_000, "壹仟零壹拾元整"),
    (1_000_000, "壹万元整"),
    (1_000_100, "壹万零壹元整"),
    (10_000_000, "壹拾万元整"),
    (100_010_000, "壹佰万零壹佰元整"),
    (10_000_000_000, "壹亿元整"),
    (10_000_000_100, "壹亿零壹元整"),
    (10_001_000_000, "壹亿零壹万元整"),
    (123_456_789_012, "壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元壹角贰分"),
]


@pytest.mark.parametrize(("minor", "text"), TABLE)
def test_an_amount_is_written_out(minor, text):
    assert in_capitals(minor) == text


@pytest.mark.parametrize("minor", [-1, 10**18])
def test_what_cannot_be_written_out_is_refused(minor):
    with pytest.raises(ValueError, match="not an amount"):
        in_capitals(minor)


@given(st.integers(0, 10**18 - 1))
def test_no_zero_is_doubled_and_no_two_amounts_read_alike(minor):
    text = in_capitals(minor)

    assert "零零" not in text
    assert "零元" not in text or minor < 100
    assert in_capitals(minor) != in_capitals((minor + 1) % 10**18)
    assert set(text) <= set(DIGITS + "拾佰仟万亿元角分整")
