"""Agreements: proposed by the partner, decided by the county, never by the paying side."""

from datetime import timedelta

import pytest

from core import clock
from core.exceptions import ActorRefusedError, AlreadyDecidedError, SamePersonError
from matching.exceptions import AgreementRefusedError, RoleMissingError
from matching.models import Milestone, MilestoneEvent, PairingAgreement
from matching.pairings.selectors import (
    agreement_for,
    agreements_public,
    agreements_to_decide,
    regions_with_agreements,
)
from matching.pairings.services import (
    agreement_accept,
    agreement_complete,
    agreement_end,
    agreement_propose,
    milestone_approve,
    milestone_report,
)
from matching.states import AgreementStatus, MilestoneStatus, Role
from tests.factories.matching import RoleAssignmentFactory, make_person, make_tree
from tests.factories.payouts import Pairing, superuser

pytestmark = pytest.mark.django_db


@pytest.fixture
def pairing(db):
    return Pairing()


def report(milestone, actor, note="茶苗已栽种。"):
    return milestone_report(milestone_id=milestone.pk, actor=actor, note=note)


def approve(milestone, actor):
    return milestone_approve(milestone_id=milestone.pk, actor=actor)


def test_a_proposal_promises_the_sum_of_its_steps(pairing):
    agreement = pairing.proposed(60_000, 40_000, 1)

    assert agreement.promised_minor == 100_001
    assert agreement.status == AgreementStatus.PROPOSED
    assert agreement.milestones.count() == 3
    assert list(agreements_public()) == []
    assert list(agreements_to_decide(pairing.approver)) == [agreement]


def test_only_a_representative_proposes(pairing):
    for person in (superuser(), pairing.approver, Pairing().partner):
        with pytest.raises(RoleMissingError):
            agreement_propose(actor=person, terms=pairing.terms())

    assert PairingAgreement.objects.count() == 0


def test_one_live_agreement_per_pair_and_one_per_form(pairing):
    first = agreement_propose(actor=pairing.partner, terms=pairing.terms(), code="P00000001")

    again = agreement_propose(actor=pairing.partner, terms=pairing.terms(), code="P00000001")
    assert again == first
    with pytest.raises(AgreementRefusedError):
        pairing.proposed()
    assert PairingAgreement.objects.count() == 1
    assert Milestone.objects.count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"title": " "},
        {"ends_on": clock.today()},
        {"milestones": []},
        {"ends_on": clock.today() + timedelta(days=40)},
    ],
)
def test_terms_that_contradict_each_other_are_refused(pairing, changes):
    with pytest.raises(AgreementRefusedError):
        agreement_propose(actor=pairing.partner, terms=pairing.terms(**changes))

    assert PairingAgreement.objects.count() == 0
    assert Milestone.objects.count() == 0


def test_a_step_costs_something(pairing):
    with pytest.raises(AgreementRefusedError):
        pairing.proposed(60_000, 0)

    assert PairingAgreement.objects.count() == 0


def test_the_county_accepts_once(pairing):
    agreement = pairing.proposed()

    for _time in range(2):
        agreement_accept(agreement_id=agreement.pk, actor=pairing.approver)

    agreement.refresh_from_db()
    assert agreement.status == AgreementStatus.ACTIVE
    assert (agreement.decided_by, agreement.signed_on) == (pairing.approver, clock.today())
    assert list(agreements_public()) == [agreement]
    with pytest.raises(AlreadyDecidedError):
        other = make_person(Role.COUNTY_APPROVER, make_tree().county)
        agreement_accept(agreement_id=agreement.pk, actor=other)


def wrong_people(pairing):
    tree = make_tree()
    paying = make_person(Role.COUNTY_APPROVER, tree.county)
    RoleAssignmentFactory(user=paying, role=Role.PARTNER, organisation=pairing.organisation)
    return [
        superuser(),
        pairing.partner,
        pairing.village_officer,
        paying,
        make_person(Role.COUNTY_APPROVER, tree.other_county),
        make_person(Role.TOWNSHIP_REVIEWER, tree.township),
    ]


def test_nobody_else_decides_for_the_county(pairing):
    proposed = pairing.proposed()
    for person in wrong_people(pairing):
        with pytest.raises(ActorRefusedError):
            agreement_accept(agreement_id=proposed.pk, actor=person)
    agreement_accept(agreement_id=proposed.pk, actor=pairing.approver)
    step = report(proposed.milestones.first(), pairing.partner)

    for person in wrong_people(pairing):
        with pytest.raises(ActorRefusedError):
            approve(step, person)
        with pytest.raises(ActorRefusedError):
            agreement_end(agreement_id=proposed.pk, actor=person, reason="不办了")
        with pytest.raises(ActorRefusedError):
            agreement_complete(agreement_id=proposed.pk, actor=person)

    step.refresh_from_db()
    assert step.status == MilestoneStatus.REPORTED


def test_a_step_is_reported_by_one_and_approved_by_another(pairing):
    step = pairing.active().milestones.first()

    for _time in range(2):
        report(step, pairing.partner)
    for _time in range(2):
        approve(step, pairing.approver)

    step.refresh_from_db()
    assert step.status == MilestoneStatus.APPROVED
    assert list(MilestoneEvent.objects.values_list("new_status", "actor")) == [
        ("reported", pairing.partner.pk),
        ("approved", pairing.approver.pk),
    ]


def test_who_reported_a_step_does_not_approve_it(pairing):
    both = pairing.approver
    RoleAssignmentFactory(user=both, role=Role.VILLAGE_OFFICER, region=make_tree().village.region)
    step = report(pairing.active().milestones.first(), both)

    with pytest.raises(SamePersonError):
        approve(step, both)

    step.refresh_from_db()
    assert step.status == MilestoneStatus.REPORTED


def test_only_the_partner_or_the_villages_officer_reports(pairing):
    first, second = pairing.active().milestones.all()
    neighbour = make_person(Role.VILLAGE_OFFICER, make_tree().neighbour_village.region)

    for person in (superuser(), pairing.approver, neighbour, Pairing().partner):
        with pytest.raises(RoleMissingError):
            report(first, person)
    report(first, pairing.partner)
    report(second, pairing.village_officer)

    assert MilestoneEvent.objects.count() == 2


@pytest.mark.parametrize("note", ["", "请打 13800000000"])
def test_a_report_says_something_and_no_number(pairing, note):
    step = pairing.active().milestones.first()

    with pytest.raises(AgreementRefusedError):
        report(step, pairing.partner, note)

    assert MilestoneEvent.objects.count() == 0


def test_steps_move_only_while_the_agreement_is_in_force(pairing):
    proposed = pairing.proposed()
    with pytest.raises(AgreementRefusedError):
        report(proposed.milestones.first(), pairing.partner)
    agreement_accept(agreement_id=proposed.pk, actor=pairing.approver)
    step = report(proposed.milestones.first(), pairing.partner)
    agreement_end(agreement_id=proposed.pk, actor=pairing.approver, reason="单位改制")

    with pytest.raises(AgreementRefusedError):
        approve(step, pairing.approver)

    assert MilestoneEvent.objects.count() == 1


def test_an_agreement_is_complete_when_all_its_steps_are(pairing):
    agreement = pairing.active()
    with pytest.raises(AgreementRefusedError):
        agreement_complete(agreement_id=agreement.pk, actor=pairing.approver)
    for step in agreement.milestones.all():
        approve(report(step, pairing.partner), pairing.approver)

    for _time in range(2):
        agreement_complete(agreement_id=agreement.pk, actor=pairing.approver)

    agreement.refresh_from_db()
    assert agreement.status == AgreementStatus.COMPLETED
    assert (agreement.closed_by, agreement.closed_on) == (pairing.approver, clock.today())


def test_a_proposal_may_be_withdrawn_by_its_side_and_proposed_anew(pairing):
    agreement = pairing.proposed()

    with pytest.raises(AgreementRefusedError):
        agreement_end(agreement_id=agreement.pk, actor=pairing.partner, reason=" ")
    with pytest.raises(RoleMissingError):
        agreement_end(agreement_id=agreement.pk, actor=Pairing().partner, reason="不办了")
    agreement_end(agreement_id=agreement.pk, actor=pairing.partner, reason="条款要改")

    agreement.refresh_from_db()
    assert agreement.status == AgreementStatus.ENDED
    assert list(agreements_public()) == []
    assert pairing.proposed().status == AgreementStatus.PROPOSED


def test_people_see_agreements_of_their_side_or_region(pairing):
    agreement = pairing.active()

    sees = [pairing.partner, pairing.approver, pairing.village_officer, make_person(Role.AUDITOR)]
    for person in sees:
        assert agreement_for(person, agreement.code) == agreement
    neighbour = make_person(Role.VILLAGE_OFFICER, make_tree().neighbour_village.region)
    for person in (superuser(), neighbour, Pairing().partner):
        assert agreement_for(person, agreement.code) is None


def test_the_public_list_narrows_by_region(pairing):
    agreement = pairing.active()
    tree = make_tree()

    assert regions_with_agreements() == [tree.county, tree.township]
    assert list(agreements_public(tree.township)) == [agreement]
    assert list(agreements_public(tree.other_township)) == []
