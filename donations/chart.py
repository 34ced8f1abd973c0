"""The chart of accounts: every account code and prefix, spelled here and nowhere else.

Debit is positive everywhere. Assets grow by debit; funds (money owed to a purpose) and
goods owed to a campaign grow by credit, that is, by a negative amount.
"""

from donations.states import AccountKind
from matching.purpose import Purpose, PurposeKind

BANK = "assets:bank"
FEES = "expenses:fees"
# What payers took back through their banks after it had been paid out.
LOSSES = "expenses:losses"
# Refunds that a bank sent back to us; still their donors', to be paid another way.
RETURNED = "funds:returned"
GOODS_HELD = "goods:held"

# One account for each match fund, need, campaign or agreement: the prefix, then its code.
MATCH_FUNDS = "assets:match:"
NEED_FUNDS = "funds:need:"
CAMPAIGN_FUNDS = "funds:campaign:"
PAIRING_FUNDS = "funds:pairing:"
CAMPAIGN_GOODS = "goods:campaign:"
SERIES = (MATCH_FUNDS, NEED_FUNDS, CAMPAIGN_FUNDS, PAIRING_FUNDS, CAMPAIGN_GOODS)
# The needs' accounts together, as one line of a report.
ALL_NEEDS = NEED_FUNDS.removesuffix(":")

# Longest prefix first: the first that fits names the kind.
_KINDS: tuple[tuple[str, AccountKind], ...] = (
    (CAMPAIGN_GOODS, AccountKind.GOODS_FUND),
    ("goods:", AccountKind.GOODS),
    ("assets:", AccountKind.ASSET),
    ("funds:", AccountKind.FUND),
    ("expenses:", AccountKind.EXPENSE),
)
_FUNDS = {
    PurposeKind.NEED: NEED_FUNDS,
    PurposeKind.CAMPAIGN: CAMPAIGN_FUNDS,
    PurposeKind.PAIRING: PAIRING_FUNDS,
}


# What statements in SQL files call the accounts that they look for.
NAMES = {
    "match_funds": MATCH_FUNDS,
    "need_funds": NEED_FUNDS,
    "pairing_funds": PAIRING_FUNDS,
    "returned": RETURNED,
}


def fund_of(purpose: Purpose) -> str:
    """Return the account of the money held for a purpose.

    Raises:
        KeyError: money for nothing in particular has no account.
    """
    return _FUNDS[purpose.kind] + purpose.code


def provider_balance(provider: str) -> str:
    """Return the asset account of money that lies with a payment provider, by its name."""
    return f"assets:{provider}"


def match_fund(code: str) -> str:
    """Return the asset account of money that a match fund owes or has paid in."""
    return MATCH_FUNDS + code


def campaign_goods(slug: str) -> str:
    """Return the account of goods held for a campaign, at valuation."""
    return CAMPAIGN_GOODS + slug


def kind_of(code: str) -> AccountKind:
    """Return the kind an account code stands for.

    Raises:
        ValueError: no account may have this code.
    """
    for prefix, kind in _KINDS:
        if code.startswith(prefix) and len(code) > len(prefix):
            return kind
    raise ValueError(f"not an account code: {code!r}")


def series_of(code: str) -> tuple[str, str]:
    """Return an account's prefix and what follows it; ("", the code) for a single account."""
    for prefix in SERIES:
        if code.startswith(prefix):
            return prefix, code.removeprefix(prefix)
    return "", code
