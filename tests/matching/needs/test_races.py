"""Two people at once: one of them is told to look again, and counters stay exact."""

import threading

import pytest
from django.db import connections

from core.exceptions import RefusedError
from matching.models import NeedEvent
from matching.needs.services.evidence import evidence_add
from matching.needs.services.funding import need_commit
from matching.needs.services.needs import need_decide
from matching.needs.services.publicity import objection_file, publicity_close_due
from matching.states import Decision, NeedStatus, Role
from tests.factories.flow import drafted, make_team, need_at, picture
from tests.factories.matching import NeedFactory, make_person
from tests.waiting import PATIENCE

pytestmark = pytest.mark.postgres
S = NeedStatus


def at_once(*calls) -> list[str]:
    """Run the calls in threads that start together; return each one's outcome, sorted."""
    gate = threading.Barrier(len(calls))
    outcomes: list[str] = []

    def run(call) -> None:
        gate.wait(PATIENCE)
        try:
            call()
            outcomes.append("done")
        except RefusedError as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_thirty_promises_fill_a_need_exactly(committed_db):
    need = NeedFactory(published=True, target_minor=100)

    outcomes = at_once(
        *[lambda: need_commit(need_id=need.pk, amount_minor=10) for _number in range(30)]
    )

    need.refresh_from_db()
    assert need.committed_minor == 100
    assert (outcomes.count("done"), outcomes.count("NeedShortfallError")) == (10, 20)


def test_two_reviewers_at_once_make_one_step(committed_db):
    team = make_team()
    need = need_at(team, S.FILED)
    reviewers = [
        team.village_reviewer,
        make_person(Role.VILLAGE_REVIEWER, team.tree.village.region),
    ]

    outcomes = at_once(
        *[
            lambda actor=actor: need_decide(
                need_id=need.pk,
                actor=actor,
                decision=Decision.APPROVE,
                expected_status=S.FILED,
            )
            for actor in reviewers
        ]
    )

    assert outcomes == ["TransitionRefusedError", "done"]
    assert NeedEvent.objects.filter(need=need, new_status=S.VILLAGE_APPROVED).count() == 1


def test_closing_at_once_from_many_workers_happens_once(committed_db, settings):
    settings.PUBLICITY_SECONDS = 1
    team = make_team()
    need = need_at(team, S.IN_PUBLICITY)
    notice = need.notices.get()
    notice.closes_at = notice.opens_at + (notice.closes_at - notice.opens_at) / 1000
    notice.save()

    at_once(*[publicity_close_due for _worker in range(6)])

    need.refresh_from_db()
    assert need.status == S.VERIFIED
    assert NeedEvent.objects.filter(need=need, new_status=S.VERIFIED).count() == 1


def test_an_objection_and_the_end_never_both_win(committed_db, settings):
    settings.PUBLICITY_SECONDS = 1
    team = make_team()
    need = need_at(team, S.IN_PUBLICITY)
    notice = need.notices.get()

    at_once(
        *[lambda: objection_file(notice_id=notice.pk, body="情况不实") for _n in range(4)],
        *[publicity_close_due for _n in range(4)],
    )

    need.refresh_from_db()
    objections = notice.objections.count()
    assert (need.status == S.VERIFIED) == (objections == 0)


def test_the_same_file_twice_at_once_is_kept_once(committed_db):
    team = make_team()
    need = drafted(team)

    outcomes = at_once(
        *[
            lambda: evidence_add(need_id=need.pk, actor=team.officer, upload=picture(quality=11))
            for _n in range(4)
        ]
    )

    assert outcomes == ["done"] * 4
    assert need.evidence.count() == 2
