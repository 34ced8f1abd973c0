"""Who lets a paused need go on, and where a need that is met already goes."""

import pytest

from matching.exceptions import RoleMissingError, TransitionRefusedError
from matching.models import NeedEvent
from matching.needs.services.publishing import need_pause, need_publish, need_resume
from matching.states import NeedStatus, Role
from tests.factories.matching import NeedFactory, make_person, make_publishable, make_tree

pytestmark = pytest.mark.django_db
S = NeedStatus
ALL_ARRIVED = {"target_minor": 100, "committed_minor": 100, "collected_minor": 100}


@pytest.fixture
def editor():
    return make_person(Role.EDITOR)


def paused(**fields):
    """Return a need that met every condition and was paused."""
    need = make_publishable(**fields)
    type(need).objects.filter(pk=need.pk).update(status=S.PAUSED)
    need.refresh_from_db()
    return need


def moves(need) -> list[tuple]:
    listed = NeedEvent.objects.filter(need=need).order_by("pk")
    return list(listed.values_list("old_status", "new_status", "actor", "role", "reason"))


def test_an_editor_lets_a_need_go_on_and_the_reason_is_kept(editor):
    need = paused()

    resumed = need_resume(need_id=need.pk, actor=editor, reason=" 已核对 ")

    assert resumed.status == S.PUBLISHED
    assert moves(need) == [(S.PAUSED, S.PUBLISHED, editor.pk, "", "已核对")]


def test_an_approver_of_the_county_lets_it_go_on_and_nobody_else_does():
    need = paused()
    strangers = [
        make_person(Role.COUNTY_APPROVER, make_tree().other_county),
        make_person(Role.TOWNSHIP_REVIEWER),
        make_person(Role.AUDITOR),
    ]

    for person in strangers:
        with pytest.raises(RoleMissingError, match="只有编辑或本县审定员"):
            need_resume(need_id=need.pk, actor=person, reason="好")
    assert moves(need) == []

    approver = make_person(Role.COUNTY_APPROVER)
    assert need_resume(need_id=need.pk, actor=approver, reason="好").status == S.PUBLISHED


def test_a_stranger_learns_nothing_of_a_need_that_is_public():
    with pytest.raises(RoleMissingError):
        need_resume(
            need_id=NeedFactory(published=True).pk, actor=make_person(Role.AUDITOR), reason="好"
        )


@pytest.mark.parametrize("status", [S.DRAFT, S.IN_PUBLICITY, S.VERIFIED, S.WITHDRAWN])
def test_what_is_not_paused_is_not_resumed(editor, status):
    need = make_publishable()
    type(need).objects.filter(pk=need.pk).update(status=status)

    with pytest.raises(TransitionRefusedError, match="没有暂停"):
        need_resume(need_id=need.pk, actor=editor, reason="好")

    assert moves(need) == []


def test_a_need_paused_twice_is_paused_once(editor):
    need = make_publishable()
    need_publish(need_id=need.pk, actor=editor)

    for reason in (" 复核 ", "再次复核"):
        assert need_pause(need_id=need.pk, actor=editor, reason=reason).status == S.PAUSED

    assert moves(need)[1:] == [(S.PUBLISHED, S.PAUSED, editor.pk, "", "复核")]


def test_a_need_whose_money_has_all_arrived_is_met_as_soon_as_it_is_shown_again(editor):
    for need, act in [
        (paused(**ALL_ARRIVED), lambda pk: need_resume(need_id=pk, actor=editor, reason="好")),
        (make_publishable(**ALL_ARRIVED), lambda pk: need_publish(need_id=pk, actor=editor)),
    ]:
        before = need.status

        assert act(need.pk).status == S.FUNDED

        steps = [move[:3] for move in moves(need)]
        assert steps == [(before, S.PUBLISHED, editor.pk), (S.PUBLISHED, S.FUNDED, None)]


def test_a_need_whose_money_is_promised_and_not_there_stays_open(editor):
    need = paused(target_minor=100, committed_minor=100, collected_minor=99)

    assert need_resume(need_id=need.pk, actor=editor, reason="好").status == S.PUBLISHED


def test_a_public_need_stays_as_it_is_whoever_of_them_asks(editor):
    need = make_publishable()
    need_publish(need_id=need.pk, actor=editor)

    assert need_resume(need_id=need.pk, actor=editor, reason="").status == S.PUBLISHED
    assert len(moves(need)) == 1
