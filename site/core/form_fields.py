"""Fields of the whole house: amounts, days, and codes that tell one form from another."""

from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.money import Money

# One billion yuan: above it somebody's finger slipped.
LARGEST = Money(100_000_000_000)
DATE_INPUT = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class AmountField(forms.CharField):
    """An amount as typed; cleans to Money within its bounds, in their currency.

    Sentences about a bound may name it: ``%(least)s``, ``%(most)s``.
    """

    default_error_messages = {
        "required": _("请填写金额。"),
        "amount": _("请用数字填写金额，例如 1200 或 1200.50。"),
        "too_little": _("金额要大于零。"),
        "too_much": _("金额不能超过 %(most)s。请核对小数点。"),
    }

    def __init__(self, *, least: Money | None = None, most: Money = LARGEST, **kwargs) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        )
        super().__init__(max_length=24, **kwargs)
        self.least = least or Money(1, most.currency)
        self.most = most

    def clean(self, value: str) -> Money | None:
        """Return the amount; None where the field may be and is empty."""
        text = super().clean(value)
        return self.read(text) if text else None

    def read(self, text: str) -> Money:
        """Return the amount that was typed.

        Raises:
            ValidationError: not an amount, or out of bounds.
        """
        try:
            amount = Money.parse(text, self.most.currency)
        except ValueError as error:
            raise ValidationError(self.error_messages["amount"], code="amount") from error
        return self.bounded(amount)

    def bounded(self, amount: Money) -> Money:
        """Return the amount if it lies within the bounds.

        Raises:
            ValidationError: too little or too much; the sentence says what is possible.
        """
        if amount < self.least:
            self._refuse("too_little")
        if self.most < amount:
            self._refuse("too_much")
        return amount

    def _refuse(self, code: str) -> None:
        bounds = {"least": self.least, "most": self.most}
        raise ValidationError(self.error_messages[code], code=code, params=bounds)


class DayField(forms.DateField):
    """A calendar day, picked or typed as 2026-10-17, in a year that can be meant."""

    default_error_messages = {"invalid": _("请填写日期，例如 2026-10-17。")}

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("widget", DATE_INPUT)
        super().__init__(**kwargs)

    def to_python(self, value: str | datetime | date | None) -> date | None:
        """Refuse years that a slip of the finger made."""
        day = super().to_python(value)
        if day is not None and not 2000 <= day.year <= 2100:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class FormCode(forms.RegexField):
    """The code a form carries from the page that showed it: sent twice, it is one record."""

    def __init__(self, prefix: str, length: int) -> None:
        super().__init__(
            rf"^{prefix}[0-9A-HJKMNP-TV-Z]{{{length}}}$",
            label=_("表单编号"),
            widget=forms.HiddenInput,
            error_messages={
                "required": _("请重新打开这一页再填。"),
                "invalid": _("请重新打开这一页再填。"),
            },
        )
