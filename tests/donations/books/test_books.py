"""Any sequence of gifts, matches, refunds, corrections, folds and seals keeps every rule."""

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from core.money import Money
from donations import chart
from donations.books import chain
from donations.books.selectors.records import sealed_records
from donations.books.services.posting import credit, debit, post, reverse
from donations.books.services.seals import ledger_seal
from donations.exceptions import UnbalancedEntryError
from donations.models import Entry, EntrySeal
from donations.tallies.selectors import board
from donations.tallies.services import tally_fold, tally_record
from tests.donations.booking import (
    OTHER_TOWN,
    TOWN,
    book_gift,
    book_goods,
    book_match,
    book_refund,
    make_donor,
)
from tests.factories.matching import CampaignFactory
from tests.invariants import violations

MINOR = st.integers(min_value=1, max_value=10**9)
PLACES = st.sampled_from(["", TOWN, OTHER_TOWN])


class Books(RuleBasedStateMachine):
    """The ledger beside a model of plain sums."""

    def __init__(self):
        super().__init__()
        self.rollback = transaction.atomic()
        self.rollback.__enter__()
        self.campaign = CampaignFactory()
        self.donors = [make_donor() for _number in range(3)]
        self.sums, self.gave = Counter(), set()
        self.gifts, self.keys = [], 0

    def teardown(self):
        transaction.set_rollback(True)
        self.rollback.__exit__(None, None, None)

    @rule(minor=MINOR, place=PLACES, who=st.integers(0, 2))
    def give(self, minor, place, who):
        entry = book_gift(
            campaign=self.campaign, minor=minor, township_code=place, donor=self.donors[who]
        )
        self.sums["cash"] += minor
        self.sums["gifts"] += 1
        self.gave.add(who)
        self.gifts.append((entry, minor, place))

    @rule(minor=MINOR, place=PLACES)
    def match(self, minor, place):
        book_match(campaign=self.campaign, minor=minor, township_code=place)
        self.sums["matched"] += minor

    @rule(minor=MINOR, place=PLACES)
    def receive_goods(self, minor, place):
        book_goods(campaign=self.campaign, minor=minor, township_code=place)
        self.sums["goods"] += minor

    @rule(data=st.data())
    def refund(self, data):
        if self.gifts:
            _entry, minor, place = self.gifts.pop(
                data.draw(st.integers(0, len(self.gifts) - 1), label="gift")
            )
            book_refund(campaign=self.campaign, minor=minor, township_code=place)
            self.sums["cash"] -= minor
            self.sums["gifts"] -= 1

    @rule(data=st.data())
    def correct(self, data):
        if self.gifts:
            entry, minor, place = self.gifts.pop(
                data.draw(st.integers(0, len(self.gifts) - 1), label="gift")
            )
            for _twice in range(2):
                back = reverse(entry=entry, memo="更正")
                tally_record(
                    entry=back,
                    campaign=self.campaign,
                    township_code=place,
                    cash_minor=-minor,
                    gifts=-1,
                )
            self.sums["cash"] -= minor
            self.sums["gifts"] -= 1

    @rule(minor=MINOR, off=st.integers(-3, 3).filter(bool))
    def book_wrongly(self, minor, off):
        before = Entry.objects.count()
        with pytest.raises(UnbalancedEntryError):
            post(
                key="test:wrong",
                kind="gift",
                memo="",
                legs=[
                    debit(chart.provider_balance("stripe"), Money(minor)),
                    credit(chart.BANK, Money(minor + off)),
                ],
            )
        assert Entry.objects.count() == before

    @rule()
    def fold(self):
        tally_fold()

    @rule()
    def seal(self):
        ledger_seal()

    @invariant()
    def rules_hold(self):
        assert violations(only="I1 ") == []
        assert violations(only="I7") == []
        assert chain.verify(sealed_records()).lines == EntrySeal.objects.count()

    @invariant()
    def folded_board_is_the_plain_sum(self):
        with transaction.atomic():
            tally_fold()
            shown = board(self.campaign)
            transaction.set_rollback(True)
        assert (
            shown.cash.minor,
            shown.matched.minor,
            shown.goods.minor,
            shown.gifts,
            shown.donors,
        ) == (
            self.sums["cash"],
            self.sums["matched"],
            self.sums["goods"],
            self.sums["gifts"],
            len(self.gave),
        )


@pytest.mark.django_db
def test_any_sequence_keeps_the_books():
    run_state_machine_as_test(
        Books,
        settings=settings(
            max_examples=12,
            stateful_step_count=15,
            suppress_health_check=list(HealthCheck),
        ),
    )
