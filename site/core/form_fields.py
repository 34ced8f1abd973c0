"""Fields for amounts, and codes that tell one form from another."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.money import Money

# One billion yuan: above it somebody's finger slipped.
LARGEST_MINOR = 100_000_000_000


class YuanField(forms.CharField):
    """An amount in yuan; cleans to Money, above zero and not absurd."""

    default_error_messages = {
        "required": _("请填写金额。"),
        "amount": _("请用数字填写金额，例如 1200 或 1200.50。"),
        "positive": _("金额要大于零。"),
        "too_much": _("金额不能超过 10 亿元。请核对小数点。"),
    }

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        )
        super().__init__(max_length=24, **kwargs)

    def clean(self, value: str) -> Money | None:
        """Return the amount; None where the field may be and is empty."""
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = Money.parse(text)
        except ValueError as error:
            raise ValidationError(self.error_messages["amount"], code="amount") from error
        if amount.minor <= 0:
            raise ValidationError(self.error_messages["positive"], code="positive")
        if amount.minor > LARGEST_MINOR:
            raise ValidationError(self.error_messages["too_much"], code="too_much")
        return amount


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
