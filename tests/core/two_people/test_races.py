"""Deciders at once: one decides, the others are told."""

import threading
from functools import partial

import pytest
from django.db import transaction

from core import clock
from core.exceptions import AlreadyDecidedError
from core.two_people.services import decide
from core.two_people.states import ProposalStatus
from donations.models import Entry, GoodsGift
from tests.core.two_people.users import USERS
from tests.donations.threads import at_once
from tests.factories.matching import CampaignFactory
from tests.factories.payouts import goods, officer
from tests.invariants import violations
from tests.waiting import PATIENCE

DECIDERS = 4


@pytest.fixture
def proposal(committed_db):
    return goods(CampaignFactory(), officer())


def read_then(act, barrier, person, won) -> None:
    """Act on a row that every decider read while it still waited."""
    with transaction.atomic():
        row = GoodsGift.objects.get()
        barrier.wait(PATIENCE)
        act(row, person)
    won.append(person)


def save_over(row: GoodsGift, person) -> None:
    """What deciding would be without asking the row again."""
    assert row.is_waiting
    row.status, row.decided_by, row.decided_at = "confirmed", person, clock.now()
    row.save()


def confirm(row: GoodsGift, person) -> None:
    decide(proposal=row, actor=person, to=ProposalStatus.CONFIRMED)


@pytest.mark.postgres
def test_control_without_asking_the_row_again_everybody_decides(proposal):
    barrier, won = threading.Barrier(DECIDERS), []

    errors = at_once(
        [partial(read_then, save_over, barrier, officer(), won) for _number in range(DECIDERS)]
    )

    assert errors == []
    assert len(won) == DECIDERS


@pytest.mark.postgres
def test_of_deciders_who_read_the_same_row_one_decides(proposal):
    barrier, won = threading.Barrier(DECIDERS), []

    errors = at_once(
        [partial(read_then, confirm, barrier, officer(), won) for _number in range(DECIDERS)]
    )

    assert [type(error) for error in errors] == [AlreadyDecidedError] * (DECIDERS - 1)
    assert [person.pk for person in won] == [GoodsGift.objects.get().decided_by_id]


@pytest.mark.parametrize("case", USERS, ids=str)
def test_of_deciders_at_once_one_decides(committed_db, fake, case):
    row = case.proposed(case.proposer())
    deciders = [case.decider() for _number in range(DECIDERS)]
    entries = Entry.objects.count()

    errors = at_once([partial(case.confirm, row, person) for person in deciders])

    row.refresh_from_db()
    assert row.decided_by in deciders
    assert len(errors) == DECIDERS - 1
    assert {type(error) for error in errors} <= {AlreadyDecidedError, case.late}
    assert Entry.objects.count() - entries <= 1
    assert not [rule for rule in violations() if "I14" in rule]
