"""A reported step sent back: with a reason, by the county, and reported anew."""

import pytest
from django.db import DatabaseError, transaction

from core.exceptions import ActorRefusedError, SamePersonError
from matching.exceptions import AgreementRefusedError
from matching.models import MilestoneEvent, RoleAssignment
from matching.pairings.services import milestone_approve, milestone_report, milestone_send_back
from matching.states import MilestoneStatus, Role
from tests.factories.matching import make_person, make_tree
from tests.factories.payouts import Pairing, superuser
from tests.pages import address

pytestmark = pytest.mark.django_db
M = MilestoneStatus


@pytest.fixture
def pairing(db):
    return Pairing()


@pytest.fixture
def step(pairing):
    step = pairing.active().milestones.first()
    return milestone_report(milestone_id=step.pk, actor=pairing.partner, note="茶苗已栽种。")


def back(step, actor, note="照片看不清面积，请补测。"):
    return milestone_send_back(milestone_id=step.pk, actor=actor, note=note)


def test_a_step_sent_back_is_reported_and_approved_in_a_new_round(pairing, step):
    assert back(step, pairing.approver).status == M.PLANNED
    milestone_report(milestone_id=step.pk, actor=pairing.partner, note="已补测，三十亩。")
    assert milestone_approve(milestone_id=step.pk, actor=pairing.approver).status == M.APPROVED

    told = MilestoneEvent.objects.values_list("round", "old_status", "new_status", "actor_id")
    partner, approver = pairing.partner.pk, pairing.approver.pk
    assert list(told) == [
        (1, "planned", "reported", partner),
        (1, "reported", "planned", approver),
        (2, "planned", "reported", partner),
        (2, "reported", "approved", approver),
    ]


def test_only_the_county_and_never_the_reporter_sends_back(pairing, step):
    tree = make_tree()
    double = make_person(Role.COUNTY_APPROVER, tree.county)
    RoleAssignment.objects.create(user=double, role=Role.PARTNER, organisation=pairing.organisation)
    for person in (
        pairing.partner,
        pairing.village_officer,
        double,
        superuser(),
        make_person(Role.COUNTY_APPROVER, tree.other_county),
    ):
        with pytest.raises(ActorRefusedError):
            back(step, person)
    step.refresh_from_db()
    assert step.status == M.REPORTED
    assert MilestoneEvent.objects.count() == 1


@pytest.mark.parametrize("note", ["  ", "请打 13800000000"])
def test_the_reason_says_something_and_identifies_nobody(pairing, step, note):
    with pytest.raises(AgreementRefusedError):
        back(step, pairing.approver, note)
    step.refresh_from_db()
    assert step.status == M.REPORTED


def test_a_step_that_is_not_reported_is_not_sent_back(pairing, step):
    back(step, pairing.approver)
    with pytest.raises(AgreementRefusedError):
        back(step, make_person(Role.COUNTY_APPROVER))
    assert MilestoneEvent.objects.count() == 2


def test_whoever_reported_in_an_earlier_round_does_not_approve(pairing, step):
    officer = pairing.village_officer
    back(step, pairing.approver)
    milestone_report(milestone_id=step.pk, actor=officer, note="已补测。")
    RoleAssignment.objects.create(
        user=officer, role=Role.COUNTY_APPROVER, region=make_tree().county
    )
    back(step, pairing.approver)
    milestone_report(milestone_id=step.pk, actor=pairing.partner, note="再补测。")

    for act in (milestone_approve, milestone_send_back):
        with pytest.raises(SamePersonError):
            act(milestone_id=step.pk, actor=officer, note="好")
    step.refresh_from_db()
    assert step.status == M.REPORTED


def test_events_stay_append_only_after_the_migration(pairing, step):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        MilestoneEvent.objects.update(note="别的")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        MilestoneEvent.objects.all().delete()
    assert MilestoneEvent.objects.get().note == "茶苗已栽种。"


def test_the_page_sends_back_keeps_what_was_typed_and_tells_the_public_why(client, pairing, step):
    code = step.agreement.code
    url = address("pairing_step", code, step.pk, "back")
    client.force_login(pairing.approver)
    page = client.get(address("pairing_desk", code)).text
    assert "退回重报" in page
    assert "确认里程碑" in page

    assert client.post(url, {f"back-{step.pk}-note": ""}).status_code == 400
    refused = client.post(url, {f"back-{step.pk}-note": "请打 13800000000"})
    assert refused.status_code == 409
    assert "请打 13800000000" in refused.text
    assert client.post(url, {f"back-{step.pk}-note": "请补测面积。"}).status_code == 302

    assert "退回：请补测面积。" in client.get(address("pairing", code)).text
    client.force_login(pairing.partner)
    assert "上报完成" in client.get(address("pairing_desk", code)).text
