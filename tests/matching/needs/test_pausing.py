"""Pausing a public need from the desk, and letting it go on."""

import pytest

from core.exceptions import SamePersonError
from donations.exceptions import GiftRefusedError
from donations.models import Donation
from matching.exceptions import TransitionRefusedError
from matching.models import NeedEvent
from matching.needs.services.publishing import need_pause, need_resume
from matching.states import ConsentScope, NeedStatus, Role
from tests.factories.donations import start_gift
from tests.factories.flow import make_team, need_at
from tests.factories.matching import make_person, make_tree
from tests.pages import address

pytestmark = pytest.mark.django_db
S = NeedStatus


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def need(team):
    return need_at(team, S.PUBLISHED)


@pytest.fixture
def approver(team):
    """Return a county approver who took no part in the need."""
    return make_person(Role.COUNTY_APPROVER, team.tree.county)


def test_the_approver_pauses_and_resumes_from_the_needs_page(client, need, approver):
    client.force_login(approver)
    page = address("desk_need", need.code)
    assert "暂停这个需求" in client.get(page).text

    empty = client.post(address("desk_need_pause", need.code), {"pause-reason": ""})
    assert empty.status_code == 400
    assert "请写明理由" in empty.text
    assert (
        client.post(
            address("desk_need_pause", need.code), {"pause-reason": "有人举报，核对后再定。"}
        ).url
        == page
    )
    need.refresh_from_db()
    assert need.status == S.PAUSED
    event = NeedEvent.objects.filter(need=need).last()
    assert (event.actor, event.reason) == (approver, "有人举报，核对后再定。")

    assert "恢复这个需求" in client.get(page).text
    done = client.post(address("desk_need_resume", need.code), {"pause-reason": "已核对无误。"})
    assert done.url == page
    need.refresh_from_db()
    assert need.status == S.PUBLISHED


def test_others_see_no_form_and_change_nothing(client, need, team):
    for person, status in [
        (team.officer, 403),
        (team.township_reviewer, 403),
        (make_person(Role.COUNTY_APPROVER, make_tree().other_county), 404),
        (make_person(Role.AUDITOR), 403),
    ]:
        client.force_login(person)
        assert "暂停这个需求" not in client.get(address("desk_need", need.code)).text
        answer = client.post(address("desk_need_pause", need.code), {"pause-reason": "x"})
        assert answer.status_code == status
    need.refresh_from_db()
    assert need.status == S.PUBLISHED


def test_who_approved_the_need_may_stop_it_and_not_let_it_go_on(client, need, team):
    need_pause(need_id=need.pk, actor=team.county_approver, reason="复核")
    with pytest.raises(SamePersonError):
        need_resume(need_id=need.pk, actor=team.county_approver, reason="好")
    client.force_login(team.county_approver)
    assert "恢复这个需求" not in client.get(address("desk_need", need.code)).text
    answer = client.post(address("desk_need_resume", need.code), {"pause-reason": "好了"})
    assert answer.status_code == 403
    assert "不能经办两个环节" in answer.text
    need.refresh_from_db()
    assert need.status == S.PAUSED


def test_a_need_is_not_resumed_without_reason_pause_or_consent(need, approver):
    assert need_resume(need_id=need.pk, actor=approver, reason="").status == S.PUBLISHED
    need_pause(need_id=need.pk, actor=approver, reason="复核")
    with pytest.raises(TransitionRefusedError):
        need_resume(need_id=need.pk, actor=approver, reason="  ")
    need.household.consents.filter(scope=ConsentScope.PUBLISH_NEED).delete()
    with pytest.raises(TransitionRefusedError):
        need_resume(need_id=need.pk, actor=approver, reason="好")
    need.refresh_from_db()
    assert need.status == S.PAUSED


def test_a_need_before_publication_is_not_resumed(team, approver):
    need = need_at(team, S.IN_PUBLICITY)
    with pytest.raises(TransitionRefusedError):
        need_resume(need_id=need.pk, actor=approver, reason="好")
    need.refresh_from_db()
    assert need.status == S.IN_PUBLICITY


@pytest.mark.parametrize(
    ("language", "told"), [("zh-hans", "不接受捐赠"), ("en", "takes no gifts")]
)
def test_a_paused_need_says_that_it_takes_no_gifts_and_takes_none(
    client, need, approver, language, told
):
    need_pause(need_id=need.pk, actor=approver, reason="复核")
    page = client.get(address("need", need.code, language=language))
    assert page.status_code == 404
    assert told in page.text
    assert need.title not in page.text

    give = address("give", need.code, language=language)
    for answer in (client.get(give), client.post(give, {"amount": "5000"})):
        assert answer.url == address("need", need.code, language=language)
    with pytest.raises(GiftRefusedError):
        start_gift(need, 2_000)
    assert not Donation.objects.exists()
