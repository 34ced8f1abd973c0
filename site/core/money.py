"""Money as integer minor units with its currency."""

import re
from dataclasses import dataclass
from typing import Self

# ISO 4217 exponents of the currencies that differ from two digits.
EXPONENTS = {"JPY": 0, "KRW": 0, "VND": 0, "KWD": 3, "BHD": 3, "OMR": 3}
SYMBOLS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "HKD": "HK$"}
_AMOUNT = re.compile(r"\d{1,12}(?:\.\d{1,3})?")
_TO_ASCII = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


class CurrencyMismatchError(ValueError):
    """Two amounts of different currencies met in one sum or comparison."""


def exponent(currency: str) -> int:
    """Return how many decimal digits the currency has."""
    return EXPONENTS.get(currency, 2)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of one currency; may be negative (ledger legs are)."""

    minor: int
    currency: str = "CNY"

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"minor units must be int, not {type(self.minor).__name__}")
        if len(self.currency) != 3 or not self.currency.isupper():
            raise ValueError(f"not an ISO 4217 code: {self.currency!r}")

    @classmethod
    def parse(cls, text: str, currency: str = "CNY") -> Self:
        """Read what a person typed: ``1,234.5``, ``¥200``, full-width digits.

        Raises:
            ValueError: not a plain positive decimal, or finer than the currency allows.
        """
        cleaned = text.translate(_TO_ASCII).strip().lstrip("¥￥").replace(",", "").strip()
        if not _AMOUNT.fullmatch(cleaned):
            raise ValueError(f"not an amount: {text!r}")
        whole, _, fraction = cleaned.partition(".")
        digits = exponent(currency)
        if len(fraction.rstrip("0")) > digits:
            raise ValueError(f"finer than {currency} allows: {text!r}")
        fraction = fraction.rstrip("0").ljust(digits, "0")
        return cls(int(whole) * 10**digits + int(fraction or 0), currency)

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise CurrencyMismatchError(f"{self.currency} and {other.currency}")

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._same(other)
        return self.minor < other.minor

    def __le__(self, other: "Money") -> bool:
        self._same(other)
        return self.minor <= other.minor

    def __bool__(self) -> bool:
        return self.minor != 0

    def split(self, weights: list[int]) -> list["Money"]:
        """Share out by weight, losing nothing: the parts always sum to the whole.

        Leftover minor units go one each to the earliest parts. Weights are
        non-negative integers, at least one of them positive.
        """
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("weights must be non-negative and not all zero")
        shares = [self.minor * weight // total for weight in weights]
        for index in range(self.minor - sum(shares)):
            shares[index] += 1
        return [Money(share, self.currency) for share in shares]

    def decimal_text(self) -> str:
        """Return the plain decimal, ``1234.50``, for files and machines."""
        digits = exponent(self.currency)
        sign, size = ("-" if self.minor < 0 else ""), abs(self.minor)
        if not digits:
            return f"{sign}{size}"
        whole, fraction = divmod(size, 10**digits)
        return f"{sign}{whole}.{fraction:0{digits}d}"

    def format(self) -> str:
        """Return the amount for people: ``¥1,234.50``, whole amounts without decimals."""
        sign = "−" if self.minor < 0 else ""
        whole, _, fraction = Money(abs(self.minor), self.currency).decimal_text().partition(".")
        text = f"{int(whole):,}" + (f".{fraction}" if fraction.strip("0") else "")
        symbol = SYMBOLS.get(self.currency, f"{self.currency} ")
        return f"{sign}{symbol}{text}"

    def __str__(self) -> str:
        return self.format()
