"""What a stand-in can be told at its start."""

from dataclasses import dataclass, field

API_VERSION = "2026-10-28.endive"

ZERO_DECIMAL = frozenset({"jpy", "krw", "vnd"})
SYMBOLS = {"cny": "¥", "jpy": "¥", "usd": "$", "eur": "€", "gbp": "£", "hkd": "HK$", "krw": "₩"}
CURRENCIES = (
    "cny", "usd", "eur", "gbp", "hkd", "jpy", "sgd", "aud", "cad", "nzd", "myr", "chf", "krw",
    "thb", "twd", "vnd",
)  # fmt: skip
WALLET_CURRENCIES = frozenset(
    {"cny", "usd", "eur", "gbp", "hkd", "jpy", "sgd", "aud", "cad", "nzd", "myr"}
)
LARGEST_AMOUNT = 99_999_999


@dataclass(frozen=True, slots=True)
class Rate:
    """A fee: ``basis_points`` of the amount, rounded down, plus ``fixed`` minor units."""

    basis_points: int
    fixed: int

    def fee(self, amount: int) -> int:
        return amount * self.basis_points // 10_000 + self.fixed


@dataclass(slots=True)
class Settings:
    """Rates and minima are the stand-in's own, made up for tests; Stripe's differ by country.

    ``minimum_amounts`` are minor units of the currency itself; the real floor is whatever
    converts to the settlement currency's minimum (about 0.50 USD). Delays are seconds.
    """

    webhook_url: str | None = None
    webhook_secret: str = "whsec_stand_in"
    api_key: str | None = None
    base_url: str = ""
    rates: dict[str, Rate] = field(
        default_factory=lambda: {
            "card": Rate(290, 30),
            "alipay": Rate(220, 35),
            "wechat_pay": Rate(220, 35),
        }
    )
    minimum_amounts: dict[str, int] = field(
        default_factory=lambda: {"cny": 100, "usd": 50, "eur": 50, "gbp": 30, "hkd": 400, "jpy": 50}
    )
    settlement_delay: float = 5.0
    balance_delay: float = 0.0
    refund_delay: float = 0.0
    retry_backoff: tuple[float, ...] = (0.2, 0.5, 1, 2, 5, 10, 20, 30)
    webhook_workers: int = 1
    webhook_timeout: float = 10.0


def money(amount: int, currency: str) -> str:
    """``1234, "cny"`` as ``¥12.34``, the way Stripe writes amounts in its messages."""
    symbol = SYMBOLS.get(currency, f"{currency.upper()} ")
    sign = "-" if amount < 0 else ""
    if currency in ZERO_DECIMAL:
        return f"{sign}{symbol}{abs(amount):,}"
    return f"{sign}{symbol}{abs(amount) // 100:,}.{abs(amount) % 100:02d}"
