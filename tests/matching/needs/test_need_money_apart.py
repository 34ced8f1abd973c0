"""Money of one need never moves another's counters, and every limit holds to the cent."""

import pytest

from core import changes
from matching.exceptions import TransitionRefusedError
from matching.models import NeedEvent
from matching.needs.services import funding
from matching.states import NeedStatus, Role
from tests.factories.matching import NeedFactory, make_person

pytestmark = pytest.mark.django_db
S = NeedStatus


@pytest.fixture
def pair():
    """Return a need with money promised and arrived, and another just like it."""
    fields = {"target_minor": 100, "committed_minor": 60, "collected_minor": 50}
    return NeedFactory(published=True, **fields), NeedFactory(published=True, **fields)


@pytest.fixture
def heard():
    """Return what is announced, in its order."""
    listed: list[tuple[str, int]] = []

    def listener(label: str, pk: int) -> None:
        listed.append((label, pk))

    changes.listen(listener)
    yield listed
    changes._listeners.remove(listener)


def counters(need) -> tuple[str, int, int]:
    need.refresh_from_db()
    return need.status, need.committed_minor, need.collected_minor


@pytest.mark.parametrize(
    ("act", "amount", "after"),
    [
        (funding.need_commit, 40, (S.PUBLISHED, 100, 50)),
        (funding.need_release, 10, (S.PUBLISHED, 50, 50)),
        (funding.need_collect, 10, (S.PUBLISHED, 60, 60)),
        (funding.need_uncollect, 50, (S.PUBLISHED, 10, 0)),
    ],
)
def test_the_whole_of_it_and_of_this_need_alone(pair, heard, act, amount, after):
    need, other = pair
    before, others = need.updated_at, other.updated_at

    act(need_id=need.pk, amount_minor=amount)

    assert counters(need) == after
    assert counters(other) == (S.PUBLISHED, 60, 50)
    assert heard == [("matching.need", need.pk)]
    assert need.updated_at > before
    assert other.updated_at == others


@pytest.mark.parametrize(
    ("act", "amount"),
    [
        (funding.need_release, 11),
        (funding.need_collect, 11),
        (funding.need_uncollect, 51),
    ],
)
def test_one_cent_more_changes_and_announces_nothing(pair, heard, act, amount):
    need, other = pair

    with pytest.raises(ValueError, match=str(need.pk)):
        act(need_id=need.pk, amount_minor=amount)

    assert counters(need) == counters(other) == (S.PUBLISHED, 60, 50)
    assert heard == []


def test_a_promise_that_does_not_fit_is_not_announced(pair, heard):
    assert funding.need_room_take(need_id=pair[0].pk, amount_minor=41) is False
    assert heard == []
    assert funding.need_room_take(need_id=pair[0].pk, amount_minor=40) is True


def test_only_a_met_need_opens_again():
    met = NeedFactory(
        published=True, status=S.FUNDED, target_minor=100, committed_minor=100, collected_minor=100
    )

    assert funding.need_uncollect(need_id=met.pk, amount_minor=1).status == S.PUBLISHED

    for status in (S.PAUSED, S.DISBURSED):
        need = NeedFactory(
            published=True, status=status, target_minor=9, committed_minor=9, collected_minor=9
        )
        assert funding.need_uncollect(need_id=need.pk, amount_minor=1).status == status


def test_a_payout_is_recorded_once_with_who_did_it_and_in_which_role():
    need = NeedFactory(funded=True)
    officer = make_person(Role.FUND_OFFICER)

    assert funding.need_mark_disbursed(need_id=need.pk, actor=officer).status == S.DISBURSED
    assert funding.need_mark_disbursed(need_id=need.pk, actor=officer).status == S.DISBURSED
    assert funding.need_close(need_id=need.pk, actor=officer).status == S.CLOSED
    assert funding.need_mark_disbursed(need_id=need.pk, actor=officer).status == S.CLOSED
    assert funding.need_close(need_id=need.pk, actor=officer).status == S.CLOSED

    moves = NeedEvent.objects.filter(need=need).order_by("pk")
    assert list(moves.values_list("old_status", "new_status", "actor", "role")) == [
        (S.FUNDED, S.DISBURSED, officer.pk, "fund_officer"),
        (S.DISBURSED, S.CLOSED, officer.pk, ""),
    ]


def test_a_need_is_not_closed_before_its_money_was_paid_out():
    with pytest.raises(TransitionRefusedError):
        funding.need_close(need_id=NeedFactory(funded=True).pk, actor=None)
