"""The match goes back with a refund in proportion: never a cent too much, all of it at the end."""

from itertools import accumulate, pairwise

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from core.money import Money
from donations.models import Donation, Entry
from donations.provider.services.refund_requests import donation_refund
from donations.provider.services.refunds import match_share
from donations.provider.services.synchronising import payment_sync
from donations.states import DonationStatus, EntryKind
from matching.models import MatchReservation
from tests.donations.giving.steps import balance, checkout
from tests.examples import DRAWN, taken_back
from tests.factories.donations import start_gift
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import UserFactory
from tests.invariants import violations
from tests.matching.funds.gifts import left


@pytest.mark.parametrize(
    ("gift", "matched", "gone", "share"),
    [
        # A match of a third: one cent for every three that go.
        (300, 100, 2, 0),
        (300, 100, 3, 1),
        (300, 100, 299, 99),
        (300, 100, 300, 100),
        # A match of 33 %, itself rounded down when it was given.
        (101, 33, 50, 16),
        (101, 33, 100, 32),
        # More match than gift.
        (7, 10, 1, 1),
        (7, 10, 6, 8),
        (7, 10, 7, 10),
        # One cent of match goes with the last cent of the gift.
        (100, 1, 99, 0),
        (100, 1, 100, 1),
        (5_000, 0, 4_999, 0),
    ],
)
def test_the_share_is_rounded_down(gift, matched, gone, share):
    assert match_share(Donation(amount_minor=gift, matched_minor=matched), gone) == share


@given(
    st.integers(1, 10**12),
    st.integers(0, 10**13),
    st.lists(st.integers(0, 10**12), max_size=6),
)
def test_shares_never_run_ahead_of_the_gift_and_end_with_all(amount, matched, stops):
    donation = Donation(amount_minor=amount, matched_minor=matched)
    stops = sorted({0, amount, *(stop for stop in stops if stop < amount)})

    shares = [match_share(donation, stop) for stop in stops]

    assert (shares[0], shares[-1]) == (0, matched)
    for stop, share in zip(stops, shares, strict=True):
        # The largest whole cent that is not more than its proportion.
        assert share * amount <= matched * stop < (share + 1) * amount
    assert all(earlier <= later for earlier, later in pairwise(shares))


@pytest.mark.django_db
@settings(DRAWN, max_examples=10)
@given(
    st.integers(100, 2_000),
    st.sampled_from([1, 33, 50, 67, 100, 150, 999]),
    st.lists(st.integers(1, 900), min_size=1, max_size=3),
)
@example(101, 33, [50, 50])
@example(300, 67, [1, 1, 1])
@example(101, 999, [100])
def test_partial_refunds_reach_need_fund_and_books_to_the_cent(fake, need, gift, ratio, parts):
    assume(sum(parts) < gift)
    with taken_back():
        fund = MatchFundFactory(ratio_percent=ratio)
        donation = start_gift(need, gift)
        fake.pay(checkout(donation).session_id)
        payment_sync(provider="stripe", object_id=donation.payments.get().session_id)
        matched = gift * ratio // 100

        for gone in [*accumulate(parts), gift]:
            before = donation.payments.get().refunded_minor
            donation_refund(
                donation_id=donation.pk,
                actor=UserFactory(),
                reason="part",
                amount=Money(gone - before),
            )
            back = matched * gone // gift
            need.refresh_from_db()
            held = gift - gone + matched - back
            assert (need.committed_minor, need.collected_minor) == (held, held)
            assert balance(f"funds:need:{need.code}") == -held
            assert balance(f"assets:match:{fund.code}") == matched - back
            assert left(fund) == 100_000 - matched + back
            assert sum(MatchReservation.objects.values_list("reversed_minor", flat=True)) == back
            refunds = Entry.objects.filter(kind=EntryKind.REFUND, need=need)
            assert refunds.filter(key__endswith=f":refunded:{gone}").count() == 1
            assert violations() == []

        donation.refresh_from_db()
        assert donation.status == DonationStatus.REFUNDED
