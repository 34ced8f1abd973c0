"""The whole ledger's sums, carried forward along the chain."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.money import Money
from donations.books.services.posting import reverse
from donations.books.services.seals import ledger_seal
from donations.reports.totals import LedgerTotals, ledger_totals_of
from tests.donations.booking import (
    book_gift,
    book_instalment,
    book_match,
    book_payout,
    book_refund,
    make_agreement,
)
from tests.factories.matching import CampaignFactory, NeedFactory

pytestmark = pytest.mark.django_db


def totals(donated, matched=0, paired=0, paid_out=0) -> LedgerTotals:
    return LedgerTotals(Money(donated), Money(matched), Money(paired), Money(paid_out))


def age():
    """Let the half minute pass."""
    cache.delete("ledger-chain:fresh:CNY")


def test_gifts_to_needs_without_a_campaign_count_too():
    book_gift(campaign=CampaignFactory(), minor=1_000)
    book_gift(need=NeedFactory(), minor=500)
    ledger_seal()

    assert ledger_totals_of("CNY") == totals(1_500)
    assert ledger_totals_of("USD").donated == Money(0, "USD")


def test_every_figure_is_of_its_own_kinds():
    need = NeedFactory()
    book_gift(need=need, minor=1_000)
    book_refund(need=need, minor=100)
    book_match(need=need, minor=400)
    book_payout(need=need, minor=600)
    book_instalment(agreement=make_agreement(), minor=5_000)
    ledger_seal()

    assert ledger_totals_of("CNY") == totals(900, 400, 5_000, 600)


def test_what_came_since_is_added_and_what_was_summed_is_not_read_again():
    need = NeedFactory()
    book_gift(need=need, minor=1_000)
    ledger_seal()
    assert ledger_totals_of("CNY") == totals(1_000)
    entry = book_gift(need=need, minor=300)
    reverse(entry=entry, memo="登记有误")
    book_gift(need=need, minor=200)
    ledger_seal()

    with CaptureQueriesContext(connection) as held:
        assert ledger_totals_of("CNY") == totals(1_000)
    age()
    with CaptureQueriesContext(connection) as asked:
        assert ledger_totals_of("CNY") == totals(1_200)

    assert len(held) == 0
    assert len(asked) == 2
    assert '"sequence" > 1' in asked[1]["sql"]


def test_a_lost_cache_and_another_ledger_begin_anew():
    book_gift(need=NeedFactory(), minor=700)
    ledger_seal()
    ledger_totals_of("CNY")
    cache.clear()
    assert ledger_totals_of("CNY") == totals(700)

    for reached in (9_000, 1):
        # The second: a ledger that grew past where the other one was left.
        age()
        cache.set("ledger-chain:kept:CNY", (reached, "0" * 64, (5, 5, 5, 5)), None)
        assert ledger_totals_of("CNY") == totals(700)
