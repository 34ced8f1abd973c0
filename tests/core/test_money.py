"""Money: exact, one currency at a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import CurrencyMismatchError, Money


@pytest.mark.parametrize(
    ("text", "minor"),
    [("200", 200_00), ("¥1,234.5", 1234_50), ("０.０１", 1), (" 66.60 ", 66_60), ("5.", None)],
)
def test_parse_reads_what_people_type(text, minor):
    if minor is None:
        with pytest.raises(ValueError, match="not an amount"):
            Money.parse(text)
    else:
        assert Money.parse(text) == Money(minor, "CNY")


@pytest.mark.parametrize("text", ["", "-5", "1e3", "NaN", "0x10", "1.234", "9" * 13, "1.2.3"])
def test_parse_refuses_what_is_no_plain_amount(text):
    with pytest.raises(ValueError, match=r"not an amount|finer than"):
        Money.parse(text)


def test_parse_knows_currencies_without_cents():
    assert Money.parse("500", "JPY") == Money(500, "JPY")
    with pytest.raises(ValueError, match="finer than JPY"):
        Money.parse("500.5", "JPY")


def test_floats_and_booleans_are_no_money():
    with pytest.raises(TypeError):
        Money(1.0, "CNY")
    with pytest.raises(TypeError):
        Money(True, "CNY")


def test_currencies_do_not_mix():
    with pytest.raises(CurrencyMismatchError):
        Money(1, "CNY") + Money(1, "USD")


def test_format_drops_empty_decimals():
    assert Money(1_234_500).format() == "¥12,345"
    assert Money(1_234_56).format() == "¥1,234.56"
    assert Money(-5).format() == "−¥0.05"
    assert Money(5, "KWD").format() == "KWD 0.005"


@given(st.integers(-(10**14), 10**14), st.lists(st.integers(0, 1000), min_size=1, max_size=12))
def test_split_loses_nothing(minor, weights):
    if not any(weights):
        weights[0] = 1
    parts = Money(minor).split(weights)
    assert sum(part.minor for part in parts) == minor
    assert len(parts) == len(weights)


@given(st.integers(0, 10**13), st.sampled_from(["CNY", "JPY", "KWD"]))
def test_decimal_text_reads_back(minor, currency):
    amount = Money(minor % 10**11, currency)
    assert Money.parse(amount.decimal_text(), currency) == amount
