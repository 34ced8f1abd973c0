"""A promise shared with an unfinished transaction waits for it."""

import threading

import pytest
from celery import shared_task
from django.db import connections, transaction

from core.dispatch import enqueue_on_commit, outbox_deliver
from core.models import Outbox
from tests.databases import waiting_for_lock
from tests.waiting import PATIENCE, wait_until

ORDER: list[str] = []


@shared_task(name="tests.note_order")
def note_order() -> None:
    """Remember that the work was done."""
    ORDER.append("worked")


@pytest.mark.postgres
def test_shared_work_is_done_after_the_last_who_asked_for_it_committed(committed_db):
    ORDER.clear()
    enqueue_on_commit("tests.note_order", key="shared")
    promise = Outbox.objects.get()
    asked, delivering = threading.Event(), threading.Event()

    def ask() -> None:
        try:
            with transaction.atomic():
                enqueue_on_commit("tests.note_order", key="shared")
                asked.set()
                assert delivering.wait(PATIENCE)
                # A worker that does not wait has worked by then, and the order tells it.
                wait_until(lambda: ORDER or waiting_for_lock(), "the worker stands before the lock")
                ORDER.append("committed")
        finally:
            connections.close_all()

    second = threading.Thread(target=ask)
    second.start()
    assert asked.wait(PATIENCE)
    delivering.set()

    assert outbox_deliver(outbox_id=promise.pk)
    second.join()

    assert ORDER == ["committed", "worked"]
    assert Outbox.objects.count() == 1
