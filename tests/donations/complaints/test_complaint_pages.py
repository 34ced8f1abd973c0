"""Complaints as a visitor files and follows them, and as the desk settles them."""

import pytest

from donations.models import Complaint
from matching.states import NeedStatus, Role
from tests.factories.complaints import complain
from tests.factories.flow import make_team, need_at
from tests.factories.matching import make_person
from tests.pages import address

pytestmark = pytest.mark.django_db


def typed(**changes: str) -> dict[str, str]:
    return {"about": "other", "body": "请核对收据。", "contact": "13900000000"} | changes


def test_a_visitor_files_gets_a_code_and_follows_it(client):
    need = need_at(make_team(), NeedStatus.PUBLISHED)
    form = typed(about="need", reference=f" {need.code.lower()} ")
    response = client.post(address("complaints"), form)
    complaint = Complaint.objects.get()

    assert response.url == address("complaint", complaint.code)
    page = client.get(response.url)
    assert complaint.code in page.text
    assert "待答复" in page.text
    assert complaint.due_on.isoformat() in page.text
    assert page["X-Robots-Tag"] == "noindex, noarchive"
    assert "no-store" in page["Cache-Control"]
    for secret in ("请核对收据", "13900000000"):
        assert secret not in page.text

    client.force_login(make_person(Role.COUNTY_APPROVER))
    desk = address("desk_complaint", complaint.code)
    shown = client.get(desk).text
    assert "请核对收据" in shown
    assert "13900000000" in shown
    client.post(address("desk_complaint_answer", complaint.code), {"reply-text": "正在核对。"})
    closing = {"closing-outcome": "unfounded", "closing-reason": "收据无误。"}
    answer = client.post(address("desk_complaint_close", complaint.code), closing)
    assert answer.url == address("complaints_desk")
    assert complaint.code in client.get(address("complaints_desk"), {"show": "closed"}).text
    client.logout()

    followed = client.get(address("complaint_follow"), {"code": f" {complaint.code.lower()} "})
    assert followed.url == response.url
    page = client.get(response.url).text
    for told in ("正在核对。", "收据无误。", "不属实"):
        assert told in page


@pytest.mark.parametrize(
    ("changes", "zh", "en"),
    [
        ({"about": ""}, "请选择事由", "what it is about"),
        ({"body": ""}, "请写明情况", "what happened"),
        ({"body": "x" * 4001}, "4000", "4000"),
        ({"reference": "N0000000"}, "没有找到这个编号", "was not found"),
        ({"website": "spam.example.org"}, "未被接受", "not accepted"),
    ],
)
def test_a_bad_complaint_is_explained_keeps_what_was_typed_and_saves_nothing(
    client, changes, zh, en
):
    for language, sentence in (("zh-hans", zh), ("en", en)):
        response = client.post(address("complaints", language=language), typed(**changes))
        assert response.status_code == 400
        assert sentence in response.text
        assert "13900000000" in response.text
    assert Complaint.objects.count() == 0


def test_complaints_from_one_address_are_limited(client):
    codes = [client.post(address("complaints"), typed()).status_code for _n in range(12)]

    assert codes == [302] * 10 + [429] * 2
    assert Complaint.objects.count() == 10


def test_behind_our_proxy_each_caller_has_a_limit_of_their_own(client):
    for caller in range(12):
        answer = client.post(
            address("complaints"), typed(), headers={"X-Forwarded-For": f"203.0.113.{caller}"}
        )
        assert answer.status_code == 302


def test_codes_cannot_be_tried_at_leisure(client):
    answers = [client.get(address("complaint", f"T{n:010d}")).status_code for n in range(120)]
    complaint = complain()

    assert set(answers) == {404}
    assert client.get(address("complaint", complaint.code)).status_code == 429
    follow = client.get(address("complaint_follow"), {"code": complaint.code})
    assert follow.status_code == 429


def test_an_unknown_code_is_told_so(client):
    for language, told in (("zh-hans", "没有这个受理编号"), ("en", "no complaint")):
        url = address("complaint_follow", language=language)
        assert client.get(url).status_code == 200
        answer = client.get(url, {"code": "T0000000000"})
        assert answer.status_code == 404
        assert told in answer.text


def test_an_auditor_reads_what_was_said_without_the_contact_and_acts_on_nothing(client):
    complaint = complain(about="gift")
    client.force_login(make_person(Role.AUDITOR))

    page = client.get(address("desk_complaint", complaint.code)).text
    assert "两辆车" in page
    assert "13900000000" not in page
    assert "<form" not in page[page.index("<main") :]
    for name in ("desk_complaint_answer", "desk_complaint_close"):
        assert client.post(address(name, complaint.code), {"reply-text": "x"}).status_code == 403
    assert Complaint.objects.get().status == "open"


def test_a_verifier_of_the_need_is_told_why_another_settles_it(client):
    team = make_team()
    complaint = complain(need_at(team, NeedStatus.PUBLISHED).code)
    client.force_login(team.county_approver)

    page = client.get(address("desk_complaint", complaint.code)).text
    assert "请由其他人员办理" in page
    assert "13900000000" not in page
    assert "两辆车" not in page
    closing = {"closing-outcome": "unfounded", "closing-reason": "没有的事。"}
    answer = client.post(address("desk_complaint_close", complaint.code), closing)
    assert answer.status_code == 403
    assert Complaint.objects.get().status == "open"


def test_the_desk_says_what_is_wrong_with_a_reply_and_keeps_it(client):
    complaint = complain(about="other")
    client.force_login(make_person(Role.COUNTY_APPROVER))

    answer = client.post(
        address("desk_complaint_answer", complaint.code), {"reply-text": "请打 13800000000"}
    )
    assert answer.status_code == 409
    assert "不能出现" in answer.text
    assert "请打 13800000000" in answer.text
    empty = client.post(address("desk_complaint_close", complaint.code), {})
    assert empty.status_code == 400
    assert "请选择办理结果" in empty.text
    assert Complaint.objects.get().status == "open"


def test_the_footer_leads_there(client):
    assert f'href="{address("complaints")}"' in client.get(address("verify")).text
