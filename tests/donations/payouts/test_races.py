"""Officers at once: never more than is there, never booked twice."""

from functools import partial
from threading import Barrier

import pytest
from django.db import transaction

from core.exceptions import AlreadyDecidedError
from core.money import Money
from core.two_people.states import ProposalStatus
from donations.books.selectors.standing import standing
from donations.exceptions import PayoutRefusedError
from donations.models import Disbursement, Entry
from donations.payouts.services.disbursements import disbursement_approve
from donations.states import EntryKind
from tests.donations.threads import at_once
from tests.factories.payouts import funded_need, officer, propose
from tests.waiting import PATIENCE

OFFICERS = 6


def proposed(need) -> int:
    return sum(Disbursement.objects.filter(need=need).values_list("amount_minor", flat=True))


def booked() -> int:
    return Entry.objects.filter(kind=EntryKind.DISBURSEMENT).count()


def approval(payout, actor, line):
    return partial(
        disbursement_approve, disbursement_id=payout.pk, actor=actor, bank_reference=line
    )


@transaction.atomic
def propose_unlocked(need, person, all_looked: Barrier) -> None:
    """What a proposal would be without the need's row lock: everybody looks, then acts."""
    if standing(need.purpose).available >= Money(100_000):
        all_looked.wait(PATIENCE)
        Disbursement.objects.create(
            need=need,
            amount_minor=100_000,
            payee_kind="supplier",
            payee="1",
            note="x",
            proposed_by=person,
        )


@pytest.mark.postgres
def test_control_without_the_lock_more_is_proposed_than_is_there(committed_db):
    need, all_looked = funded_need(), Barrier(OFFICERS)

    errors = at_once(
        [partial(propose_unlocked, need, officer(), all_looked) for _number in range(OFFICERS)]
    )

    assert errors == []
    assert proposed(need) == OFFICERS * 100_000


def test_proposals_at_once_never_exceed_what_is_there(committed_db):
    need = funded_need()

    errors = at_once([partial(propose, need, 30_000, officer()) for _number in range(OFFICERS)])

    assert proposed(need) == 90_000
    assert [type(error) for error in errors] == [PayoutRefusedError] * (OFFICERS - 3)


def test_one_form_sent_by_many_tabs_at_once_is_one_proposal(committed_db):
    need, person = funded_need(), officer()

    errors = at_once([partial(propose, need, 30_000, person, code="Z0000000A")] * OFFICERS)

    assert errors == []
    assert Disbursement.objects.count() == 1


def test_approvals_at_once_book_once(committed_db):
    need = funded_need()
    payout = propose(need, 100_000, officer())

    errors = at_once([approval(payout, officer(), f"LINE-{n}") for n in range(OFFICERS)])

    payout.refresh_from_db()
    need.refresh_from_db()
    assert payout.status == ProposalStatus.CONFIRMED
    assert booked() == 1
    assert need.status == "disbursed"
    assert [type(error) for error in errors] == [AlreadyDecidedError] * (OFFICERS - 1)


def test_one_bank_line_at_once_pays_one_disbursement(committed_db):
    payouts = [propose(funded_need(), 100_000, officer()) for _number in range(3)]
    person = officer()

    errors = at_once([approval(payout, person, "LINE-1") for payout in payouts])

    assert Disbursement.objects.filter(status=ProposalStatus.CONFIRMED).count() == 1
    assert booked() == 1
    assert [type(error) for error in errors] == [PayoutRefusedError] * 2
