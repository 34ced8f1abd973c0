"""Complaints: taken from anybody, settled by somebody apart, shown without what was said."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from core import clock
from core.exceptions import SamePersonError
from core.models import AuditEvent
from donations.complaints.selectors import (
    complaint_figures,
    complaints_in_reach,
    complaints_waiting,
    reference_named,
)
from donations.complaints.services import complaint_answer, complaint_close
from donations.exceptions import ComplaintRefusedError
from donations.models import Complaint, ComplaintReply
from donations.receipts.services.receipts import receipt_issue
from donations.states import ComplaintOutcome, ComplaintSubject
from matching.exceptions import RoleMissingError
from matching.states import NeedStatus, Role
from tests.factories.complaints import complain
from tests.factories.donations import collect_gift
from tests.factories.flow import make_team, need_at
from tests.factories.matching import CampaignFactory, make_person, make_tree
from tests.factories.payouts import Pairing

pytestmark = pytest.mark.django_db
UPHELD = ComplaintOutcome.UPHELD


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def need(team):
    return need_at(team, NeedStatus.PUBLISHED)


def untouched(complaint: Complaint) -> bool:
    complaint.refresh_from_db()
    return complaint.status == "open" and not ComplaintReply.objects.exists()


def test_what_is_said_and_the_contact_are_unreadable_at_rest():
    complaint = complain(contact="13900000000")

    with connection.cursor() as cursor:
        cursor.execute("SELECT body, contact FROM donations_complaint")
        body, contact = cursor.fetchone()
    assert "两辆车" not in body
    assert "139" not in contact
    assert Complaint.objects.get().body == complaint.body == "这家有两辆车。"


def test_the_reply_is_due_after_five_working_days():
    with time_machine.travel("2026-09-24T02:00:00Z"):  # a Thursday before the Mid-Autumn days
        assert complain().due_on.isoformat() == "2026-10-09"


@pytest.mark.parametrize(
    ("about", "allowed", "refused"),
    [
        (ComplaintSubject.OTHER, Role.COUNTY_APPROVER, Role.TOWNSHIP_REVIEWER),
        (ComplaintSubject.CONDUCT, Role.COUNTY_APPROVER, Role.FUND_OFFICER),
        (ComplaintSubject.GIFT, Role.FUND_OFFICER, Role.COUNTY_APPROVER),
        (ComplaintSubject.CAMPAIGN, Role.FUND_OFFICER, Role.AUDITOR),
    ],
)
def test_each_kind_lies_on_its_own_desk(about, allowed, refused):
    complaint = complain(about=about)
    handler, other = make_person(allowed), make_person(refused)

    assert list(complaints_waiting(handler)) == [complaint]
    with pytest.raises(RoleMissingError):
        complaint_answer(complaint_id=complaint.pk, actor=other, text="已看过。")
    assert untouched(complaint)
    assert complaint_answer(complaint_id=complaint.pk, actor=handler, text="已看过。").pk


def test_a_complaint_about_a_need_stays_in_its_region(need):
    tree = make_tree()
    complaint = complain(need.code)

    for role, region, reached in [
        (Role.TOWNSHIP_REVIEWER, tree.township, True),
        (Role.COUNTY_APPROVER, tree.county, True),
        (Role.TOWNSHIP_REVIEWER, tree.other_township, False),
        (Role.COUNTY_APPROVER, tree.other_county, False),
        (Role.FUND_OFFICER, None, False),
    ]:
        person = make_person(role, region)
        assert complaints_in_reach(person).filter(pk=complaint.pk).exists() is reached
        if not reached:
            with pytest.raises(RoleMissingError):
                complaint_close(
                    complaint_id=complaint.pk, actor=person, outcome=UPHELD, reason="属实。"
                )
    assert untouched(complaint)
    assert list(complaints_in_reach(make_person(Role.AUDITOR))) == [complaint]


def test_whoever_verified_a_need_does_not_judge_a_complaint_about_it(team, need):
    complaint = complain(need.code)

    for person in (team.county_approver, team.township_reviewer):
        with pytest.raises(SamePersonError):
            complaint_answer(complaint_id=complaint.pk, actor=person, text="没有问题。")
    assert untouched(complaint)


def test_answered_then_closed_each_on_record(need):
    complaint = complain(need.code)
    handler = make_person(Role.COUNTY_APPROVER)

    complaint_answer(complaint_id=complaint.pk, actor=handler, text="正在入户核对。")
    complaint.refresh_from_db()
    assert complaint.status == "answered"
    complaint_close(complaint_id=complaint.pk, actor=handler, outcome=UPHELD, reason="已核减。")

    complaint.refresh_from_db()
    assert (complaint.status, complaint.outcome) == ("closed", "upheld")
    assert complaint.closed_by == handler
    told = list(complaint.replies.values_list("text", "outcome"))
    assert told == [("正在入户核对。", ""), ("已核减。", "upheld")]
    actions = AuditEvent.objects.filter(object_ref=complaint.code).order_by("pk")
    assert list(actions.values_list("action", flat=True)) == [
        "complaint.answered",
        "complaint.closed",
    ]


def test_a_closed_complaint_takes_no_more_replies():
    complaint = complain(about="other")
    handler = make_person(Role.COUNTY_APPROVER)
    complaint_close(complaint_id=complaint.pk, actor=handler, outcome=UPHELD, reason="已处理。")

    with pytest.raises(ComplaintRefusedError):
        complaint_answer(complaint_id=complaint.pk, actor=handler, text="再说一句。")
    assert ComplaintReply.objects.count() == 1


@pytest.mark.parametrize("words", ["  ", "请打 13800000000", "张建国家没有车。"])
def test_a_reply_says_something_and_identifies_nobody(need, words):
    complaint = complain(need.code)

    with pytest.raises(ComplaintRefusedError):
        complaint_answer(
            complaint_id=complaint.pk, actor=make_person(Role.COUNTY_APPROVER), text=words
        )
    assert untouched(complaint)


def test_replies_cannot_be_changed():
    complaint = complain(about="other")
    complaint_answer(
        complaint_id=complaint.pk, actor=make_person(Role.COUNTY_APPROVER), text="已看过。"
    )

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ComplaintReply.objects.update(text="别的")
    assert ComplaintReply.objects.get().text == "已看过。"


def test_a_reference_is_one_that_strangers_can_know(team, need):
    campaign, agreement = CampaignFactory(), Pairing().active()
    gift = collect_gift(need)
    unreceipted = collect_gift(need, email="second@example.org")
    receipt = receipt_issue(donation_id=gift.pk)
    notice = need.notices.get()

    named = {text: reference_named(text) for text in (need.code.lower(), notice.code)}
    assert {found.need for found in named.values()} == {need}
    assert reference_named(receipt.number).donation == gift
    assert reference_named(campaign.filing_number).campaign == campaign
    assert reference_named(agreement.code).text == agreement.code
    # A gift's code opens its giver's page, so it is not kept.
    assert reference_named(gift.code).text == receipt.number
    assert unreceipted.code not in reference_named(unreceipted.code).text


def test_an_unknown_or_unpublished_reference_is_refused_and_nothing_kept(team):
    hidden = need_at(team, NeedStatus.FILED)

    for text in ("N0000000", hidden.code):
        with pytest.raises(ComplaintRefusedError):
            complain(text)
    assert Complaint.objects.count() == 0


def test_the_figures_count_what_is_late():
    handler = make_person(Role.COUNTY_APPROVER)
    first, _second = complain(about="other"), complain(about="other")
    complaint_answer(complaint_id=first.pk, actor=handler, text="已看过。")

    now = complaint_figures()
    with time_machine.travel(clock.now() + timedelta(days=30)):
        later = complaint_figures()

    assert (now.received, now.answered_in_time, now.open, now.overdue) == (2, 1, 1, 0)
    assert (later.open, later.overdue) == (1, 1)
