"""The chart of accounts, and those who tell of accounts and figures: words, rules in SQL."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from core.invariants import checks
from donations import chart
from donations.books.selectors import figures
from donations.books.selectors.ledger import account_words
from donations.provider.gateways import registered
from donations.states import AccountKind, EntryKind
from matching.purpose import NO_PURPOSE, Purpose, PurposeKind

SQL = Path(apps.get_app_config("donations").path) / "sql" / "invariants.sql"
SPELLED = [text for called, text in vars(chart).items() if called.isupper() and type(text) is str]
FIGURES = [
    figures.DONATED,
    figures.MATCHED,
    figures.PAIRED,
    figures.PAID_OUT,
    figures.IN_KIND,
]


@pytest.mark.parametrize(
    ("kind", "account"),
    [
        (PurposeKind.NEED, "funds:need:X1"),
        (PurposeKind.CAMPAIGN, "funds:campaign:X1"),
        (PurposeKind.PAIRING, "funds:pairing:X1"),
    ],
)
def test_each_purpose_has_a_fund_of_its_own(kind, account):
    assert chart.fund_of(Purpose(kind, 1, "X1", "CNY")) == account
    assert chart.kind_of(account) == AccountKind.FUND
    assert chart.series_of(account)[1] == "X1"


def test_money_for_nothing_has_no_account():
    with pytest.raises(KeyError):
        chart.fund_of(NO_PURPOSE)


def test_every_account_of_the_chart_has_words():
    spelled = [*SPELLED, *(chart.provider_balance(name) for name in registered())]
    assert len(spelled) == 12
    for text in spelled:
        code = f"{text}X1" if text in chart.SERIES else text
        assert account_words(code) != code
        assert ("X1" in account_words(code)) == (text in chart.SERIES)


def test_the_rules_ask_for_accounts_of_the_chart_by_name():
    called = re.findall(r":'(\w+)'", SQL.read_text().split("-- name:", 1)[1])

    assert set(called) == set(chart.NAMES)
    statements = "\n".join(check.statement for check in checks() if check.app == "donations")
    assert not re.search(r":'\w+'", statements)
    for text in chart.NAMES.values():
        assert f"'{text}'" in statements


def test_a_name_outside_the_chart_stops_the_check(monkeypatch):
    monkeypatch.setattr(apps.get_app_config("donations"), "sql_names", {"need_funds": "x"})

    with pytest.raises(KeyError):
        checks()


def test_the_rules_sum_up_the_figures_that_are_told():
    """Whoever gives a figure another kind of entry finds the rule that has to follow."""
    listed = {
        tuple(re.findall(r"'(\w+)'", kinds))
        for kinds in re.findall(r"e\.kind\)\s+(?:IN \(|= |<> )('\w+'(?:, '\w+')*)", SQL.read_text())
    }

    assert listed == {figures.DONATED, figures.MATCHED, figures.PAID_OUT, figures.IN_KIND}


def test_no_kind_of_entry_is_in_two_figures():
    kinds = [kind for figure in FIGURES for kind in figure]

    assert len(kinds) == len(set(kinds))
    # These are of no figure: what the provider took, held for a donor, moved, taken back.
    assert set(EntryKind) - set(kinds) == {
        EntryKind.FEE,
        EntryKind.REFUND_RETURNED,
        EntryKind.ALLOCATION,
        EntryKind.REVERSAL,
    }
