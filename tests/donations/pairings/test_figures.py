"""Promised, arrived and spent: three numbers from three places."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from core.money import Money
from donations.books.services.posting import reverse
from donations.models import Entry
from donations.pairings.selectors import (
    PairingFigures,
    arrived_by_milestone,
    figures_of,
    pairing_figures,
    spendings,
)
from donations.states import EntryKind
from tests.factories.payouts import Pairing, arrive, officer, pay, propose


@pytest.mark.django_db
def test_the_three_numbers_are_told_apart():
    agreement = Pairing().active(60_000, 40_000)
    assert pairing_figures(agreement) == PairingFigures(Money(100_000), Money(0), Money(0))

    arrive(agreement, 60_000)
    pay(agreement, 25_000)
    propose(agreement, 5_000, officer())

    figures = pairing_figures(agreement)
    assert figures == PairingFigures(Money(100_000), Money(60_000), Money(25_000))
    assert figures.held == Money(35_000)
    assert arrived_by_milestone(agreement) == {agreement.milestones.first().pk: 60_000}
    assert [row.amount for row in spendings(agreement)] == [Money(25_000)]


@pytest.mark.django_db
def test_a_correction_takes_the_figure_back():
    agreement = Pairing().active()
    arrive(agreement, 60_000)

    reverse(entry=Entry.objects.get(kind=EntryKind.INSTALMENT), memo="更正")

    assert pairing_figures(agreement).arrived == Money(0)


@pytest.mark.django_db
def test_a_list_costs_one_query_however_long(django_assert_num_queries):
    agreements = [Pairing().active() for _number in range(4)]
    for agreement in agreements:
        arrive(agreement, 10_000)

    with django_assert_num_queries(1):
        figures = figures_of(agreements)

    assert {row.arrived.minor for row in figures.values()} == {10_000}


class TestSums(TestCase):
    """What arrives and is spent is the sum of its lines, whatever the lines."""

    @settings(max_examples=15)
    @given(
        steps=st.lists(st.integers(1, 10**11), min_size=1, max_size=6),
        lines=st.lists(st.integers(1, 10**9), min_size=1, max_size=4),
        share=st.integers(1, 100),
    )
    def test_figures_are_sums_of_lines(self, steps, lines, share):
        agreement = Pairing().active(*steps)
        for number, minor in enumerate(lines):
            arrive(agreement, minor, f"IN-{agreement.code}-{number}")
        spent = max(sum(lines) * share // 100, 1)
        pay(agreement, spent)

        figures = pairing_figures(agreement)

        assert figures.promised.minor == sum(steps)
        assert figures.arrived.minor == sum(lines)
        assert figures.spent.minor == spent
