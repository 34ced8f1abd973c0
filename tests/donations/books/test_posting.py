"""Booking: balanced, once per key, whatever the transaction around it does."""

from dataclasses import replace

import pytest
from django.db import transaction

from core.money import Money
from donations import chart
from donations.books.services.posting import credit, debit, post, reverse
from donations.exceptions import EntryKeyReusedError, UnbalancedEntryError
from donations.models import Account, Entry, Posting
from donations.states import AccountKind, EntryKind
from matching.purpose import NO_PURPOSE

pytestmark = pytest.mark.django_db

TEN = Money(1000)


def gift(key="test:gift", amount=TEN, **fields):
    return post(
        key=key,
        kind=EntryKind.GIFT,
        memo="捐赠到账",
        legs=[
            debit(chart.provider_balance("stripe"), amount),
            credit(chart.NEED_FUNDS + "NTEST0001", amount),
        ],
        **fields,
    )


def legs_of(entry):
    return list(entry.postings.values_list("account__code", "amount_minor", "currency"))


def test_an_entry_is_booked_with_its_legs():
    entry = gift()

    assert legs_of(entry) == [
        ("assets:stripe", 1000, "CNY"),
        ("funds:need:NTEST0001", -1000, "CNY"),
    ]
    assert dict(Account.objects.values_list("code", "kind")) == {
        "assets:stripe": AccountKind.ASSET,
        "funds:need:NTEST0001": AccountKind.FUND,
    }


def test_the_same_key_again_returns_the_first_entry():
    first = gift()
    again = gift()

    assert again.pk == first.pk
    assert Entry.objects.count() == 1
    assert Posting.objects.count() == 2


def test_a_key_with_other_legs_is_refused_and_changes_nothing():
    first = gift()

    with pytest.raises(EntryKeyReusedError):
        gift(amount=Money(1001))

    assert legs_of(first)[0][1] == 1000
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    "legs",
    [
        [],
        [debit("assets:stripe", TEN)],
        [debit("assets:stripe", TEN), credit("funds:need:N1", Money(999))],
        [debit("assets:stripe", TEN), credit("funds:need:N1", Money(1000, "USD"))],
        [debit("assets:stripe", Money(0)), credit("funds:need:N1", Money(0))],
        [
            debit("assets:stripe", TEN),
            credit("funds:need:N1", TEN),
            debit("expenses:fees", Money(0)),
        ],
    ],
    ids=["none", "one", "off by one", "currencies apart", "zeros", "a zero among others"],
)
def test_an_unbalanced_entry_is_refused_and_nothing_is_written(legs):
    with pytest.raises(UnbalancedEntryError):
        post(key="test:bad", kind=EntryKind.GIFT, memo="x", legs=legs)

    assert Entry.objects.count() == 0
    assert Account.objects.count() == 0


def test_each_currency_balances_on_its_own():
    dollars = Money(500, "USD")

    entry = post(
        key="test:two",
        kind=EntryKind.GIFT,
        memo="x",
        legs=[
            debit(chart.provider_balance("stripe"), TEN),
            credit(chart.NEED_FUNDS + "N1", TEN),
            debit(chart.provider_balance("stripe"), dollars),
            credit(chart.NEED_FUNDS + "N1", dollars),
        ],
    )

    assert len(legs_of(entry)) == 4


def test_a_rolled_back_account_is_made_anew():
    with pytest.raises(RuntimeError), transaction.atomic():
        gift(key="test:lost")
        raise RuntimeError

    entry = gift(key="test:kept")

    assert [code for code, _minor, _currency in legs_of(entry)] == [
        "assets:stripe",
        "funds:need:NTEST0001",
    ]
    assert Entry.objects.count() == 1


def test_a_reversal_takes_the_legs_back_once():
    entry = gift(purpose=replace(NO_PURPOSE, township_code="530627102000"))

    back = reverse(entry=entry, memo="更正")
    again = reverse(entry=entry, memo="更正")

    assert back.pk == again.pk
    assert (back.kind, back.reverses, back.township_code) == (
        EntryKind.REVERSAL,
        entry,
        "530627102000",
    )
    assert legs_of(back) == [
        ("assets:stripe", -1000, "CNY"),
        ("funds:need:NTEST0001", 1000, "CNY"),
    ]


def test_booking_takes_few_statements(django_assert_max_num_queries):
    gift(key="test:first")
    # Look for the key, savepoint, entry, release, accounts, postings.
    with django_assert_max_num_queries(6):
        gift(key="test:second")


@pytest.mark.parametrize("code", ["assets:", "cash", "", "goods"])
def test_a_code_outside_the_chart_is_refused(code):
    with pytest.raises(ValueError, match="not an account code"):
        chart.kind_of(code)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (chart.provider_balance("stripe"), AccountKind.ASSET),
        (chart.match_fund("F1"), AccountKind.ASSET),
        (chart.CAMPAIGN_FUNDS + "day", AccountKind.FUND),
        (chart.PAIRING_FUNDS + "P1", AccountKind.FUND),
        (chart.FEES, AccountKind.EXPENSE),
        (chart.GOODS_HELD, AccountKind.GOODS),
        (chart.campaign_goods("day"), AccountKind.GOODS_FUND),
    ],
)
def test_the_prefix_names_the_kind(code, kind):
    assert chart.kind_of(code) == kind
