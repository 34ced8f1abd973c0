"""The publicity step: how long it stands, objections, and its end."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from core import clock
from core.clock import PROGRAMME_ZONE
from core.exceptions import ActorRefusedError, SamePersonError
from core.workdays import is_working_day, working_days_after
from matching.exceptions import TransitionRefusedError
from matching.models import NeedEvent, Objection
from matching.needs.services.needs import need_file
from matching.needs.services.notices import closing_time
from matching.needs.services.publicity import (
    objection_file,
    objection_resolve,
    publicity_close_due,
)
from matching.needs.tasks import publicity_close_due as task
from matching.states import NeedStatus, ObjectionStatus, Role
from tests.factories.flow import approve, end_publicity, make_team, need_at
from tests.factories.matching import UserFactory, make_person

pytestmark = pytest.mark.django_db
S = NeedStatus


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def resolver(team):
    """A second approver of the county, who took no part."""
    return make_person(Role.COUNTY_APPROVER, team.tree.county)


def shanghai(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=PROGRAMME_ZONE)


@pytest.mark.parametrize(
    ("opens", "closes"),
    [
        # A Monday: Tuesday to Friday, then the next Monday, until midnight.
        (shanghai(2026, 11, 23, 9), shanghai(2026, 12, 1)),
        # A Saturday counts from Monday.
        (shanghai(2026, 11, 21, 9), shanghai(2026, 11, 28)),
        # The eve of the National Day: 8, 9, the worked Saturday 10, then 12 and 13.
        (shanghai(2026, 9, 30, 23, 59), shanghai(2026, 10, 14)),
        # Late on a UTC day it is the next day already where it stands.
        (datetime(2026, 11, 23, 16, 30, tzinfo=UTC), shanghai(2026, 12, 2)),
    ],
)
def test_a_notice_stands_for_five_whole_working_days(opens, closes):
    assert closing_time(opens_at=opens) == closes


def test_seconds_shorten_it_for_demonstrations(settings):
    settings.PUBLICITY_SECONDS = 90
    opens = clock.now()

    assert closing_time(opens_at=opens) == opens + timedelta(seconds=90)


def test_working_days_know_the_holidays_of_2026():
    assert is_working_day(date(2026, 2, 17)) is False
    assert is_working_day(date(2026, 2, 28)) is True
    assert is_working_day(date(2026, 11, 22)) is False
    assert working_days_after(date(2026, 2, 13), 1) == date(2026, 2, 14)
    assert working_days_after(date(2026, 2, 14), 1) == date(2026, 2, 24)


def test_the_notice_is_masked_and_in_chinese_whoever_approves(team, resolver):
    from django.utils import translation

    need = need_at(team, S.TOWNSHIP_APPROVED)
    with translation.override("en"):
        approve(need, resolver)

    notice = need.notices.get()
    assert notice.subject == "张** 家，4–5 人"
    assert notice.title == need.title


def test_it_ends_only_when_its_time_is_up_and_then_once(team):
    need = need_at(team, S.IN_PUBLICITY)
    notice = need.notices.get()
    with time_machine.travel(notice.closes_at - timedelta(seconds=1), tick=False):
        assert publicity_close_due() == 0
    need.refresh_from_db()
    assert need.status == S.IN_PUBLICITY

    with time_machine.travel(notice.closes_at, tick=False):
        task()
        task()
        assert publicity_close_due() == 0

    need.refresh_from_db()
    notice.refresh_from_db()
    assert (need.status, need.verified_at) == (S.VERIFIED, notice.closes_at)
    assert (notice.status, notice.subject, notice.closed_at) == ("passed", "", notice.closes_at)
    assert NeedEvent.objects.filter(new_status=S.VERIFIED, actor=None).count() == 1


def test_an_open_objection_keeps_it_standing(team, resolver):
    need = need_at(team, S.IN_PUBLICITY)
    objection = objection_file(notice_id=need.notices.get().pk, body=" 情况不实 ", contact="x")
    assert end_publicity() == 0
    need.refresh_from_db()
    assert need.status == S.IN_PUBLICITY

    objection_resolve(
        objection_id=objection.pk,
        actor=resolver,
        status=ObjectionStatus.DISMISSED,
        resolution="已核查属实",
    )

    assert end_publicity() == 1
    need.refresh_from_db()
    objection.refresh_from_db()
    assert need.status == S.VERIFIED
    assert (objection.body, objection.status, objection.resolved_by) == (
        "情况不实",
        ObjectionStatus.DISMISSED,
        resolver,
    )


@pytest.mark.parametrize(("outcome", "decision"), [(S.DRAFT, "send_back"), (S.REJECTED, "reject")])
def test_an_upheld_objection_takes_the_notice_down_and_moves_the_need(
    team, resolver, outcome, decision
):
    need = need_at(team, S.IN_PUBLICITY)
    objection = objection_file(notice_id=need.notices.get().pk, body="情况不实")

    objection_resolve(
        objection_id=objection.pk,
        actor=resolver,
        status=ObjectionStatus.UPHELD,
        resolution="收入有误",
        outcome=outcome,
    )

    need.refresh_from_db()
    notice = need.notices.get()
    event = need.events.last()
    assert need.status == outcome
    assert (notice.status, notice.subject) == ("failed", "")
    assert (event.actor, event.role, event.decision, event.reason) == (
        resolver,
        "county_approver",
        decision,
        "收入有误",
    )
    assert end_publicity() == 0


def test_after_an_upheld_objection_the_need_goes_round_again(team, resolver):
    need = need_at(team, S.IN_PUBLICITY)
    objection = objection_file(notice_id=need.notices.get().pk, body="情况不实")
    objection_resolve(
        objection_id=objection.pk,
        actor=resolver,
        status=ObjectionStatus.UPHELD,
        resolution="x",
        outcome=S.DRAFT,
    )
    need_file(need_id=need.pk, actor=team.officer)
    approve(need, team.village_reviewer)
    approve(need, team.township_reviewer)

    with pytest.raises(SamePersonError):
        approve(need, resolver)
    approve(need, team.county_approver)

    assert end_publicity() == 1
    need.refresh_from_db()
    assert (need.status, need.round) == (S.VERIFIED, 2)
    assert sorted(need.notices.values_list("status", flat=True)) == ["failed", "passed"]


def test_who_took_part_or_is_from_elsewhere_does_not_settle(team):
    need = need_at(team, S.IN_PUBLICITY)
    objection = objection_file(notice_id=need.notices.get().pk, body="情况不实")
    people = [
        team.officer,
        team.village_reviewer,
        team.township_reviewer,
        team.county_approver,
        make_person(Role.COUNTY_APPROVER, team.tree.other_county),
        make_person(Role.VILLAGE_REVIEWER, team.tree.village.region),
        UserFactory(is_superuser=True),
    ]

    for person in people:
        with pytest.raises(ActorRefusedError):
            objection_resolve(
                objection_id=objection.pk,
                actor=person,
                status=ObjectionStatus.DISMISSED,
                resolution="x",
            )

    objection.refresh_from_db()
    assert objection.status == ObjectionStatus.OPEN


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"status": ObjectionStatus.DISMISSED, "resolution": "  "}, "处理说明"),
        ({"status": ObjectionStatus.UPHELD, "resolution": "x"}, "退回补正或不予通过"),
        (
            {"status": ObjectionStatus.UPHELD, "resolution": "x", "outcome": S.PUBLISHED},
            "退回补正或不予通过",
        ),
        ({"status": ObjectionStatus.OPEN, "resolution": "x"}, "成立或不成立"),
    ],
)
def test_an_incomplete_settlement_changes_nothing(team, resolver, fields, sentence):
    need = need_at(team, S.IN_PUBLICITY)
    objection = objection_file(notice_id=need.notices.get().pk, body="情况不实")

    with pytest.raises(TransitionRefusedError, match=sentence):
        objection_resolve(objection_id=objection.pk, actor=resolver, **fields)

    need.refresh_from_db()
    objection.refresh_from_db()
    assert (need.status, objection.status, objection.resolution) == (
        S.IN_PUBLICITY,
        ObjectionStatus.OPEN,
        "",
    )


def test_an_objection_is_settled_once(team, resolver):
    need = need_at(team, S.IN_PUBLICITY)
    objection = objection_file(notice_id=need.notices.get().pk, body="情况不实")
    settle = {"objection_id": objection.pk, "actor": resolver, "resolution": "x"}
    objection_resolve(**settle, status=ObjectionStatus.DISMISSED)

    with pytest.raises(TransitionRefusedError, match="已经处理过"):
        objection_resolve(**settle, status=ObjectionStatus.UPHELD, outcome=S.REJECTED)

    need.refresh_from_db()
    assert need.status == S.IN_PUBLICITY


def test_objections_are_taken_only_while_the_notice_stands(team):
    need = need_at(team, S.IN_PUBLICITY)
    notice = need.notices.get()
    with (
        time_machine.travel(notice.closes_at, tick=False),
        pytest.raises(TransitionRefusedError, match="已经结束"),
    ):
        objection_file(notice_id=notice.pk, body="迟了")
    with pytest.raises(TransitionRefusedError, match="异议的内容"):
        objection_file(notice_id=notice.pk, body=" ")
    end_publicity()
    with pytest.raises(TransitionRefusedError, match="已经结束"):
        objection_file(notice_id=notice.pk, body="迟了")

    assert Objection.objects.count() == 0
