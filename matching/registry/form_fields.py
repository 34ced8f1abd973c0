"""Fields that read what people type."""

from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.money import Money
from matching.registry.identity import ID_NUMBER, normal_id_number

DATE_INPUT = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
# One million yuan: a household need above that is a slip of the finger.
MAX_UNIT_PRICE_MINOR = 100_000_000


class AmountField(forms.CharField):
    """An amount in yuan as typed; cleans to minor units (int), or None when left empty."""

    default_error_messages = {
        "amount": _("请填写金额，例如 120 或 120.50。"),
        "positive": _("金额要大于 0。"),
        "too_much": _("单价不能超过 100 万元。"),
    }

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def clean(self, value: str) -> int | None:
        """Return minor units."""
        text = super().clean(value)
        if not text:
            return None
        try:
            minor = Money.parse(text).minor
        except ValueError as error:
            raise ValidationError(self.error_messages["amount"], code="amount") from error
        if minor <= 0:
            raise ValidationError(self.error_messages["positive"], code="positive")
        if minor > MAX_UNIT_PRICE_MINOR:
            raise ValidationError(self.error_messages["too_much"], code="too_much")
        return minor


class IdNumberField(forms.CharField):
    """An 18-character identity number; its check digit is looked at elsewhere."""

    default_error_messages = {
        "form": _("身份证号是 18 位：17 位数字，加 1 位数字或 X。请对照证件核对。"),
    }

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(max_length=30, **kwargs)

    def clean(self, value: str) -> str:
        """Return the number in its plain form."""
        number = normal_id_number(super().clean(value))
        if not ID_NUMBER.fullmatch(number):
            raise ValidationError(self.error_messages["form"], code="form")
        return number


class DayField(forms.DateField):
    """A calendar day, picked or typed as 2026-10-17."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("widget", DATE_INPUT)
        super().__init__(**kwargs)
        self.error_messages["invalid"] = _("请填写日期，例如 2026-10-17。")

    def to_python(self, value: str | datetime | date | None) -> date | None:
        """Refuse years that no consent can have."""
        day = super().to_python(value)
        if day is not None and not 2000 <= day.year <= 2100:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day
