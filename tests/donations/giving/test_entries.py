"""What the books say of a gift, whatever happens to its money."""

import pytest

from core.money import Money
from donations import chart
from donations.books.services.posting import credit, debit
from donations.giving.selectors.gifts import gift_purpose
from donations.giving.services.entries import GiftLine, gift_book
from donations.models import Entry, TallyDelta
from donations.provider.services.refunds import refund_book
from donations.states import EntryKind
from matching.models import Need
from tests.donations.booking import TOWN
from tests.factories.donations import collect_gift
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import CampaignFactory
from tests.invariants import assert_invariants

pytestmark = pytest.mark.django_db


def test_every_entry_of_a_gift_keeps_the_campaign_it_was_given_under(need):
    MatchFundFactory()
    gift = collect_gift(need, 5_000)
    given_under = need.campaign_id
    Need.objects.filter(pk=need.pk).update(campaign=CampaignFactory())

    refund_book(donation_id=gift.pk, refunded_minor=2_000)

    entries = Entry.objects.order_by("pk")
    assert {entry.kind for entry in entries} >= {
        EntryKind.GIFT,
        EntryKind.MATCH,
        EntryKind.REFUND,
        EntryKind.MATCH_REVERSAL,
    }
    for entry in entries:
        assert (entry.need_id, entry.campaign_id) == (need.pk, given_under)
        assert entry.township_code == TOWN
        assert entry.memo.endswith(f" {need.code}")
    assert_invariants()


def test_a_gift_to_a_campaign_as_a_whole_is_of_no_need_and_no_township():
    campaign = CampaignFactory()
    collect_gift(campaign, 5_000)

    entry = Entry.objects.get(kind=EntryKind.GIFT)
    assert (entry.need_id, entry.campaign_id, entry.township_code) == (None, campaign.pk, "")
    assert chart.CAMPAIGN_FUNDS + campaign.slug in {
        leg.account.code for leg in entry.postings.all()
    }


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({}, False),
        ({"cash_minor": -1}, True),
        ({"matched_minor": 1}, True),
        # A dispute lost over what was paid out: no money left the account, the gift is gone.
        ({"gifts": -1}, True),
    ],
)
def test_a_line_is_on_the_board_where_it_changes_it(need, changes, shown):
    gift = collect_gift(need, 5_000)
    legs = [debit(chart.LOSSES, Money(5)), credit(chart.provider_balance("stripe"), Money(5))]
    line = GiftLine("test:line", EntryKind.CHARGEBACK, "付款争议退回", legs, **changes)

    for _again in range(2):
        gift_book(purpose=gift_purpose(gift), lines=[line])

    entry = Entry.objects.get(key="test:line")
    deltas = TallyDelta.objects.filter(entry=entry)
    assert deltas.count() == (1 if shown else 0)
    for delta in deltas:
        assert {name: getattr(delta, name) for name in changes} == changes
