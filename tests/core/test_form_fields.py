"""Fields that read what people type: amounts within bounds, days that can be meant."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from core.form_fields import AmountField, DayField
from core.money import Money


def refusal(field, value) -> tuple[str, str]:
    with pytest.raises(ValidationError) as raised:
        field.clean(value)
    (error,) = raised.value.error_list
    return error.code, raised.value.messages[0]


@pytest.mark.parametrize(
    ("typed", "minor"),
    [("1200", 120_000), (" ¥1,200.50 ", 120_050), ("１２．５", 1_250), ("0.01", 1)],
)
def test_an_amount_is_money(typed, minor):
    assert AmountField().clean(typed) == Money(minor)


def test_its_currency_is_that_of_its_bounds():
    field = AmountField(most=Money(5_000, "JPY"))

    assert field.clean("5000") == Money(5_000, "JPY")
    assert refusal(field, "0") == ("too_little", "金额要大于零。")
    assert refusal(field, "0.5")[0] == "amount"


@pytest.mark.parametrize(
    ("typed", "code", "sentence"),
    [
        ("", "required", "请填写金额。"),
        ("much", "amount", "请用数字填写金额，例如 1200 或 1200.50。"),
        ("-5", "amount", "请用数字填写金额，例如 1200 或 1200.50。"),
        ("1.234", "amount", "请用数字填写金额，例如 1200 或 1200.50。"),
        ("0", "too_little", "金额要大于零。"),
        ("1000000000.01", "too_much", "金额不能超过 ¥1,000,000,000。请核对小数点。"),
    ],
)
def test_what_is_no_amount_is_told_how(typed, code, sentence):
    assert refusal(AmountField(), typed) == (code, sentence)


def test_its_bounds_are_inside():
    field = AmountField(least=Money(100), most=Money(5_000))

    assert [field.clean(typed).minor for typed in ("1", "50")] == [100, 5_000]
    assert refusal(field, "0.99")[0] == "too_little"
    assert refusal(field, "50.01") == ("too_much", "金额不能超过 ¥50。请核对小数点。")


def test_a_fields_own_sentence_names_its_bound():
    field = AmountField(least=Money(100), error_messages={"too_little": "≥ %(least)s"})

    assert refusal(field, "0.5") == ("too_little", "≥ ¥1")


def test_where_it_may_be_empty_nothing_is_none():
    assert AmountField(required=False).clean("") is None


def test_sentences_are_in_the_readers_language():
    with translation.override("en"):
        assert refusal(AmountField(most=Money(5_000)), "51") == (
            "too_much",
            "The amount cannot be above ¥50. Check the decimal point.",
        )


def test_a_day_is_a_date():
    assert DayField().clean("2026-10-17") == date(2026, 10, 17)


@pytest.mark.parametrize("typed", ["17.10.2026", "1999-12-31", "2101-01-01", "2026-02-30"])
def test_a_day_that_cannot_be_meant_is_refused(typed):
    assert refusal(DayField(), typed) == ("invalid", "请填写日期，例如 2026-10-17。")
