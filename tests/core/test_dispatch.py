"""The outbox: kept once, at least once delivered, never lost."""

from datetime import timedelta

import pytest
from celery import shared_task
from django.db import transaction

from core import clock
from core.dispatch import MAX_ATTEMPTS, enqueue_on_commit, outbox_deliver, outbox_due
from core.models import Outbox

pytestmark = pytest.mark.django_db
RUNS: list[int] = []


@shared_task(name="tests.remember")
def remember(number: int) -> None:
    RUNS.append(number)


@shared_task(name="tests.fail")
def fail() -> None:
    raise OSError("the wire is cut")


@pytest.fixture(autouse=True)
def _forget():
    RUNS.clear()


def test_a_promise_is_kept_once():
    enqueue_on_commit("tests.remember", number=7)
    (pk,) = outbox_due()

    assert outbox_deliver(outbox_id=pk) is True
    assert outbox_deliver(outbox_id=pk) is False

    assert RUNS == [7]
    assert outbox_due() == []


def test_a_rolled_back_transaction_promises_nothing():
    with pytest.raises(RuntimeError), transaction.atomic():
        enqueue_on_commit("tests.remember", number=1)
        raise RuntimeError

    assert not Outbox.objects.exists()


def test_equal_pending_work_is_promised_once():
    enqueue_on_commit("tests.remember", key="same", number=1)
    enqueue_on_commit("tests.remember", key="same", number=1)
    assert len(outbox_due()) == 1

    outbox_deliver(outbox_id=outbox_due()[0])
    enqueue_on_commit("tests.remember", key="same", number=2)

    assert len(outbox_due()) == 1


def test_a_failure_is_kept_and_tried_later():
    enqueue_on_commit("tests.fail")
    (pk,) = outbox_due()

    assert outbox_deliver(outbox_id=pk) is False

    row = Outbox.objects.get()
    assert row.last_error == "OSError: the wire is cut"
    assert row.due_at > clock.now()
    assert row.dead_at is None
    assert outbox_due() == []


def test_the_last_failure_leaves_it_for_a_person():
    row = Outbox.objects.create(task="tests.fail", attempts=MAX_ATTEMPTS - 1)

    outbox_deliver(outbox_id=row.pk)

    row.refresh_from_db()
    assert row.dead_at is not None


def test_a_dead_workers_claim_ends_with_its_lease():
    row = Outbox.objects.create(
        task="tests.remember",
        kwargs={"number": 3},
        leased_until=clock.now() + timedelta(minutes=1),
    )
    assert outbox_deliver(outbox_id=row.pk) is False

    Outbox.objects.update(leased_until=clock.now() - timedelta(seconds=1))

    assert outbox_deliver(outbox_id=row.pk) is True
    assert RUNS == [3]
