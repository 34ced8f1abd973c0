"""The board's counters: folded once, equal to the ledger, cheap to read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.money import Money
from donations.models import TallyCounter, TallyDelta
from donations.tallies import services as tallies
from donations.tallies.selectors import board
from donations.tallies.services import tally_fold, tally_record
from tests.donations.booking import (
    OTHER_TOWN,
    TOWN,
    book_fee,
    book_gift,
    book_goods,
    book_match,
    book_refund,
    make_donor,
)
from tests.factories.matching import CampaignFactory, make_tree
from tests.invariants import violations

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    make_tree()
    return CampaignFactory()


def figures(campaign):
    shown = board(campaign)
    return (
        shown.cash.minor,
        shown.matched.minor,
        shown.goods.minor,
        shown.gifts,
        shown.donors,
    )


def test_nothing_shows_before_it_is_folded(campaign):
    book_gift(campaign=campaign)

    assert figures(campaign) == (0, 0, 0, 0, 0)


def test_a_fold_adds_each_kind_of_money_to_its_own_figure(campaign):
    donor = make_donor()
    book_gift(campaign=campaign, minor=1000, township_code=TOWN, donor=donor)
    book_match(campaign=campaign, minor=600, township_code=TOWN)
    book_goods(campaign=campaign, minor=5000, township_code=TOWN)
    book_fee(campaign=campaign)

    assert tally_fold() == 3
    assert figures(campaign) == (1000, 600, 5000, 1, 1)
    assert violations(only="I7") == []


def test_folding_again_changes_nothing(campaign):
    book_gift(campaign=campaign)
    tally_fold()

    assert tally_fold() == 0
    assert figures(campaign)[0] == 1000


def test_recording_an_entry_twice_counts_it_once(campaign):
    entry = book_gift(campaign=campaign)

    tally_record(entry=entry, campaign=campaign, cash_minor=1000, gifts=1)
    tally_fold()

    assert figures(campaign)[:1] == (1000,)
    assert TallyDelta.objects.count() == 1


def test_an_entry_without_a_campaign_is_not_recorded():
    tally_record(entry=None, campaign=None, cash_minor=5)

    assert TallyDelta.objects.count() == 0


def test_a_refund_is_taken_off_where_the_gift_was_added(campaign):
    book_gift(campaign=campaign, township_code=TOWN)
    tally_fold()
    book_refund(campaign=campaign, township_code=TOWN)
    tally_fold()

    assert figures(campaign)[:4] == (0, 0, 0, 0)
    assert violations(only="I7") == []


def test_a_donor_counts_once_for_the_campaign_and_once_for_each_township(campaign):
    donor, other = make_donor(), make_donor()
    for township in (TOWN, TOWN, OTHER_TOWN):
        book_gift(campaign=campaign, township_code=township, donor=donor)
        tally_fold()
    book_gift(campaign=campaign, township_code="", donor=other)
    tally_fold()

    counted = dict(TallyCounter.objects.values_list("township_code", "donors"))
    assert counted == {TOWN: 1, OTHER_TOWN: 1, "": 2}
    assert board(campaign).donors == 2


def test_more_than_a_batch_folds_in_one_call(campaign, monkeypatch):
    monkeypatch.setattr(tallies, "BATCH", 2)
    for _number in range(5):
        book_gift(campaign=campaign, minor=7)

    assert tally_fold() == 5
    assert figures(campaign)[0] == 35


def test_campaigns_are_kept_apart(campaign):
    other = CampaignFactory()
    book_gift(campaign=campaign, minor=1)
    book_gift(campaign=other, minor=2)
    tally_fold()

    assert (figures(campaign)[0], figures(other)[0]) == (1, 2)


def test_townships_come_with_both_names_greatest_cash_first(campaign):
    book_gift(campaign=campaign, minor=1, township_code=TOWN)
    book_gift(campaign=campaign, minor=2, township_code=OTHER_TOWN)
    tally_fold()

    places = [(place.name, place.name_en, place.cash) for place in board(campaign).townships]
    assert places == [
        ("黑树镇", "Heishu Town", Money(2)),
        ("泼机镇", "Poji Town", Money(1)),
    ]


def test_the_cost_of_a_read_does_not_grow_with_gifts(campaign):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            board(campaign)
        return len(captured)

    book_gift(campaign=campaign, township_code=TOWN, donor=make_donor())
    tally_fold()
    few = queries()
    for _number in range(30):
        book_gift(campaign=campaign, township_code=TOWN, donor=make_donor())
    tally_fold()

    assert queries() == few == 3
