"""A need's counters: never over what is missing, never below what arrived."""

import pytest

from core import changes
from matching.exceptions import NeedShortfallError
from matching.models import Need, NeedEvent
from matching.needs.services import funding as need_funding
from matching.states import NeedStatus
from tests.factories.matching import NeedFactory, UserFactory

pytestmark = pytest.mark.django_db
S = NeedStatus


def counters(need) -> tuple[str, int, int]:
    need.refresh_from_db()
    return need.status, need.committed_minor, need.collected_minor


def test_a_promise_within_what_is_missing_is_counted():
    need = NeedFactory(published=True, target_minor=100)

    need_funding.need_commit(need_id=need.pk, amount_minor=60)
    need_funding.need_commit(need_id=need.pk, amount_minor=40)

    assert counters(need) == (S.PUBLISHED, 100, 0)


@pytest.mark.parametrize(
    ("committed", "amount", "sentence"),
    [(50, 51, "还差 ¥0.50"), (100, 1, "已全部有人承诺")],
)
def test_a_promise_over_what_is_missing_changes_nothing(committed, amount, sentence):
    need = NeedFactory(published=True, target_minor=100, committed_minor=committed)

    with pytest.raises(NeedShortfallError, match=sentence):
        need_funding.need_commit(need_id=need.pk, amount_minor=amount)

    assert counters(need) == (S.PUBLISHED, committed, 0)


@pytest.mark.parametrize("stage", [{"verified": True}, {"disbursed": True}, {}])
def test_a_need_that_takes_no_gifts_refuses_a_promise(stage):
    need = NeedFactory(**stage)
    before = counters(need)

    with pytest.raises(NeedShortfallError):
        need_funding.need_commit(need_id=need.pk, amount_minor=1)

    assert counters(need) == before


def test_a_withdrawn_consent_ends_giving_and_viewing_at_once():
    need = NeedFactory(published=True)
    assert list(Need.objects.public()) == [need]

    need.household.consents.update(withdrawn_at=need.created_at)

    assert list(Need.objects.public()) == []
    with pytest.raises(NeedShortfallError):
        need_funding.need_commit(need_id=need.pk, amount_minor=1)


def test_the_last_money_moves_the_need_to_funded_and_a_refund_opens_it_again():
    need = NeedFactory(published=True, target_minor=100)
    need_funding.need_commit(need_id=need.pk, amount_minor=100)

    need_funding.need_collect(need_id=need.pk, amount_minor=40)
    assert counters(need) == (S.PUBLISHED, 100, 40)

    need_funding.need_collect(need_id=need.pk, amount_minor=60)
    assert counters(need) == (S.FUNDED, 100, 100)

    need_funding.need_uncollect(need_id=need.pk, amount_minor=60)
    assert counters(need) == (S.PUBLISHED, 40, 40)
    moves = list(NeedEvent.objects.values_list("old_status", "new_status", "actor"))
    assert moves == [(S.PUBLISHED, S.FUNDED, None), (S.FUNDED, S.PUBLISHED, None)]


def test_what_arrived_cannot_be_released_nor_more_be_collected_than_promised():
    need = NeedFactory(published=True, target_minor=100, committed_minor=60, collected_minor=50)

    with pytest.raises(ValueError, match="no outstanding promise of 11"):
        need_funding.need_release(need_id=need.pk, amount_minor=11)
    with pytest.raises(ValueError, match="no outstanding promise of 11"):
        need_funding.need_collect(need_id=need.pk, amount_minor=11)
    with pytest.raises(ValueError, match="has not received 51"):
        need_funding.need_uncollect(need_id=need.pk, amount_minor=51)
    assert counters(need) == (S.PUBLISHED, 60, 50)

    need_funding.need_release(need_id=need.pk, amount_minor=10)
    assert counters(need) == (S.PUBLISHED, 50, 50)


@pytest.mark.parametrize("amount", [0, -1])
@pytest.mark.parametrize("name", ["commit", "release", "collect", "uncollect"])
def test_amounts_are_positive(name, amount):
    need = NeedFactory(published=True)

    with pytest.raises(ValueError, match="positive"):
        getattr(need_funding, f"need_{name}")(need_id=need.pk, amount_minor=amount)


def test_paying_out_and_closing_happen_once():
    need = NeedFactory(funded=True)
    officer = UserFactory()

    for _ in range(2):
        need_funding.need_mark_disbursed(need_id=need.pk, actor=officer)
    for _ in range(2):
        need_funding.need_close(need_id=need.pk, actor=officer)

    need.refresh_from_db()
    assert (need.status, need.closed_at is not None) == (S.CLOSED, True)
    assert NeedEvent.objects.count() == 2


def test_every_change_is_announced():
    need = NeedFactory(published=True, target_minor=100)
    heard: list[tuple[str, int]] = []

    def listener(label: str, pk: int) -> None:
        heard.append((label, pk))

    changes.listen(listener)
    try:
        need_funding.need_commit(need_id=need.pk, amount_minor=10)
        need_funding.need_release(need_id=need.pk, amount_minor=10)
    finally:
        changes._listeners.remove(listener)

    assert heard == [("matching.need", need.pk)] * 2
