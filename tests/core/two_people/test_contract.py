"""The rule of two people, the same for everything that takes two."""

from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from core import clock
from core.exceptions import AlreadyDecidedError, SamePersonError
from core.models import AuditEvent
from core.two_people.models import Proposal, two_people
from core.two_people.states import ProposalStatus
from donations.models import Entry
from tests.core.two_people.users import USERS, TakesTwo
from tests.invariants import violations

every = pytest.mark.parametrize("case", USERS, ids=str)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake")]


def traces(case: TakesTwo) -> tuple[list, int, int]:
    """Return all that a decision leaves behind."""
    rows = list(case.model.objects.order_by("pk").values())
    return rows, Entry.objects.count(), AuditEvent.objects.count()


def test_every_proposal_keeps_this_contract():
    assert {case.model for case in USERS} == set(Proposal.__subclasses__())


@every
def test_the_constraints_are_there(case):
    there = {constraint.name for constraint in case.model._meta.constraints}

    assert {constraint.name for constraint in two_people(case.name)} <= there


@every
@pytest.mark.parametrize("flags", [{}, {"is_superuser": True, "is_staff": True}], ids=str)
def test_who_proposed_does_not_decide(case, flags):
    proposer = case.proposer(**flags)
    row = case.proposed(proposer)
    before = traces(case)

    for act in (case.confirm, partial(case.refuse, reason="不对")):
        with pytest.raises(SamePersonError) as caught:
            act(row, proposer)
        assert (caught.value.status_code, caught.value.message) == (
            403,
            "这是您提出的，要由另一个人复核。",
        )

    assert traces(case) == before
    assert not row.may_be_decided_by(proposer)
    assert row.waits_for_others_than(proposer)


@every
def test_another_person_confirms_and_that_is_on_record(case):
    proposer, decider = case.proposer(), case.decider()
    row = case.proposed(proposer)
    assert (row.decided_by, row.decided_at) == (None, None)

    case.confirm(row, decider)

    row.refresh_from_db()
    assert row.status == row.DECIDED_AS[ProposalStatus.CONFIRMED]
    assert (row.proposed_by, row.decided_by, row.refusal_reason) == (proposer, decider, "")
    assert row.proposed_at <= row.decided_at <= clock.now()
    assert not row.may_be_decided_by(case.decider())
    assert not [rule for rule in violations() if "I14" in rule]


@every
def test_a_decision_is_taken_once(case):
    decider = case.decider()
    row = case.proposed(case.proposer())
    case.confirm(row, decider)
    before = traces(case)

    if case.repeatable:
        case.confirm(row, decider)
    with pytest.raises(case.late) as caught:
        case.confirm(row, case.decider())

    assert caught.value.status_code == 409
    assert traces(case) == before


@every
def test_a_refusal_says_why_and_ends_it(case):
    decider = case.decider()
    row = case.proposed(case.proposer())
    before = traces(case)
    with pytest.raises(case.without_reason) as caught:
        case.refuse(row, decider, "  ")
    assert caught.value.status_code == 409
    assert traces(case) == before

    case.refuse(row, decider, " 金额不符 ")

    row.refresh_from_db()
    assert row.status == row.DECIDED_AS[ProposalStatus.REFUSED]
    assert (row.decided_by, row.refusal_reason) == (decider, "金额不符")
    after = traces(case)
    with pytest.raises(AlreadyDecidedError):
        case.confirm(row, case.decider())
    assert traces(case) == after
    assert not [rule for rule in violations() if "I14" in rule]


@every
@pytest.mark.parametrize(
    "rule", ["two_people", "decided_together", "decided_on_record", "refused_with_reason"]
)
def test_behind_the_services_back_the_database_refuses(case, rule):
    row = case.proposed(case.proposer())
    right = case.facts | {
        "status": case.model.DECIDED_AS[ProposalStatus.CONFIRMED],
        "decided_by": case.decider(),
        "decided_at": clock.now(),
    }
    wrong = (
        right
        | {
            "two_people": {"decided_by": row.proposed_by},
            "decided_together": {"decided_at": None},
            "decided_on_record": {"status": "proposed"},
            "refused_with_reason": {"status": "refused"},
        }[rule]
    )
    before = traces(case)

    with pytest.raises(IntegrityError, match=f"{case.name}_{rule}"), transaction.atomic():
        case.model.objects.filter(pk=row.pk).update(**wrong)

    assert traces(case) == before
    assert case.model.objects.filter(pk=row.pk).update(**right) == 1


@every
def test_the_nightly_check_finds_what_no_constraint_stopped(case):
    row = case.proposed(case.proposer())
    wrong = case.facts | {
        "status": case.model.DECIDED_AS[ProposalStatus.CONFIRMED],
        "decided_by": row.proposed_by,
        "decided_at": clock.now(),
    }
    table = case.model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {case.name}_two_people")
        else:
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        case.model.objects.filter(pk=row.pk).update(**wrong)
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = OFF")

    (found,) = [rule for rule in violations() if "I14" in rule]
    assert case.name in found
