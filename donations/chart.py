"""The chart of accounts: speaking codes, and what kind of account each code is.

Debit is positive everywhere. Assets grow by debit; funds (money owed to a purpose) and
goods owed to a campaign grow by credit, that is, by a negative amount.
"""

from donations.states import AccountKind

STRIPE = "assets:stripe"
BANK = "assets:bank"
FEES = "expenses:fees"
# What payers took back through their banks after it had been paid out.
LOSSES = "expenses:losses"
# Refunds that a bank sent back to us; still their donors', to be paid another way.
RETURNED = "funds:returned"
GOODS_HELD = "goods:held"

# Longest prefix first: the first that fits names the kind.
_KINDS: tuple[tuple[str, AccountKind], ...] = (
    ("goods:campaign:", AccountKind.GOODS_FUND),
    ("goods:", AccountKind.GOODS),
    ("assets:", AccountKind.ASSET),
    ("funds:", AccountKind.FUND),
    ("expenses:", AccountKind.EXPENSE),
)


def match_fund(code: str) -> str:
    """Return the asset account of money that a match fund owes or has paid in."""
    return f"assets:match:{code}"


def need_fund(code: str) -> str:
    """Return the account of money held for one need."""
    return f"funds:need:{code}"


def campaign_fund(slug: str) -> str:
    """Return the account of a campaign's money that no need was named for."""
    return f"funds:campaign:{slug}"


def pairing_fund(code: str) -> str:
    """Return the account of money that arrived under a pairing agreement."""
    return f"funds:pairing:{code}"


def campaign_goods(slug: str) -> str:
    """Return the account of goods held for a campaign, at valuation."""
    return f"goods:campaign:{slug}"


def kind_of(code: str) -> AccountKind:
    """Return the kind an account code stands for.

    Raises:
        ValueError: no account may have this code.
    """
    for prefix, kind in _KINDS:
        if code.startswith(prefix) and len(code) > len(prefix):
            return kind
    raise ValueError(f"not an account code: {code!r}")
