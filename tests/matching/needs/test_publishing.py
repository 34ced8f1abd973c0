"""A need is shown to strangers only when every condition holds."""

from datetime import timedelta

import pytest

from core import clock
from core.exceptions import SamePersonError
from matching.exceptions import RoleMissingError, TransitionRefusedError
from matching.models import NeedEvent
from matching.needs.selectors.publishing import card_k, publishing_refusal
from matching.needs.services.publishing import need_pause, need_publish
from matching.states import NeedStatus, Role
from tests.factories.matching import (
    NeedFactory,
    fill_card_class,
    make_person,
    make_publishable,
    make_tree,
)

pytestmark = pytest.mark.django_db
S = NeedStatus


@pytest.fixture
def editor():
    return make_person(Role.EDITOR)


def test_an_editor_publishes_a_need_that_meets_every_condition(editor):
    need = make_publishable()

    need_publish(need_id=need.pk, actor=editor)
    need_publish(need_id=need.pk, actor=editor)

    need.refresh_from_db()
    assert need.status == S.PUBLISHED
    assert need.published_at is not None
    event = NeedEvent.objects.get()
    assert (event.actor, event.role, event.old_status) == (editor, "editor", S.VERIFIED)


@pytest.mark.parametrize("status", [S.DRAFT, S.FILED, S.IN_PUBLICITY, S.REJECTED])
def test_a_need_that_is_not_verified_is_refused(editor, status):
    need = NeedFactory(status=status)

    with pytest.raises(TransitionRefusedError, match="完成核实与公示后才能发布"):
        need_publish(need_id=need.pk, actor=editor)

    need.refresh_from_db()
    assert need.status == status


def test_without_a_passed_notice_it_is_refused(editor):
    need = make_publishable()
    need.notices.update(status="failed")

    with pytest.raises(TransitionRefusedError, match="没有已通过的公示"):
        need_publish(need_id=need.pk, actor=editor)


@pytest.mark.parametrize(
    "change",
    [
        {"withdrawn_at": clock.now()},
        {"given_on": clock.today() - timedelta(9), "expires_on": clock.today() - timedelta(1)},
    ],
)
def test_without_consent_in_force_it_is_refused(editor, change):
    need = make_publishable()
    need.household.consents.update(**change)

    with pytest.raises(TransitionRefusedError, match="同意未取得、已撤回或已过期"):
        need_publish(need_id=need.pk, actor=editor)
    assert NeedEvent.objects.count() == 0


def test_a_card_that_fits_four_households_is_refused_and_five_pass(editor):
    need = NeedFactory(verified=True)
    fill_card_class(need, 4)
    assert card_k(need) == 4
    assert "只有 4 户" in publishing_refusal(need)

    fill_card_class(need, 5)

    assert publishing_refusal(need) is None


def test_households_of_another_township_or_size_do_not_hide_a_card():
    tree = make_tree()
    need = NeedFactory(verified=True)
    fill_card_class(NeedFactory(village=tree.far_village), 9)
    fill_card_class(NeedFactory(household__size_band="1"), 9)

    assert card_k(need) == 1


def test_only_an_editor_publishes_and_never_one_who_took_part(editor):
    filer = make_person(Role.EDITOR)
    need = make_publishable(filed_by=filer)
    approver = make_person(Role.COUNTY_APPROVER)

    for person, refusal in ((approver, RoleMissingError), (filer, SamePersonError)):
        with pytest.raises(refusal):
            need_publish(need_id=need.pk, actor=person)

    need.refresh_from_db()
    assert need.status == S.VERIFIED


def test_a_pause_needs_a_reason_and_the_right_person(editor):
    need = NeedFactory(published=True)
    tree = make_tree()
    far = make_person(Role.COUNTY_APPROVER, tree.other_county)

    with pytest.raises(TransitionRefusedError, match="写明暂停的理由"):
        need_pause(need_id=need.pk, actor=editor, reason="  ")
    with pytest.raises(RoleMissingError):
        need_pause(need_id=need.pk, actor=far, reason="复核")
    need.refresh_from_db()
    assert need.status == S.PUBLISHED

    need_pause(need_id=need.pk, actor=make_person(Role.COUNTY_APPROVER), reason="复核")

    need.refresh_from_db()
    assert need.status == S.PAUSED


def test_a_paused_need_resumes_and_keeps_its_first_date(editor):
    need = make_publishable()
    first = need_publish(need_id=need.pk, actor=editor).published_at
    need_pause(need_id=need.pk, actor=editor, reason="复核")

    resumed = need_publish(need_id=need.pk, actor=editor)

    assert (resumed.status, resumed.published_at) == (S.PUBLISHED, first)
