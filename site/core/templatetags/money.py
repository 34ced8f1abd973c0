"""Amounts in templates."""

from django import template

from core.money import Money

register = template.Library()


@register.filter
def money(value: Money | int | None, currency: str = "CNY") -> str:
    """``{{ minor|money:"CNY" }}`` or ``{{ amount|money }}``: ¥1,234.50; ¥1,234 when whole.

    Nothing at all for None or an undefined variable.
    """
    if value is None or value == "":
        return ""
    amount = value if isinstance(value, Money) else Money(int(value), currency)
    return amount.format()


@register.filter
def decimal_amount(value: Money | int | None, currency: str = "CNY") -> str:
    """The plain decimal for ``<data value>`` and number inputs: 1234.50."""
    if value is None or value == "":
        return ""
    amount = value if isinstance(value, Money) else Money(int(value), currency)
    return amount.decimal_text()
