"""``kill -9`` of a real worker in the middle of booking a gift: the effect is there once."""

import json
import os
import uuid
from contextlib import contextmanager, nullcontext
from datetime import timedelta

import psycopg
import pytest

from core import clock
from core.models import Outbox
from demo.stripe_server import StripeServer
from donations import task_names
from donations.models import Donation, Entry, ProviderEvent, Receipt, TallyDelta
from donations.provider import gateways
from donations.states import DonationStatus, EventStatus
from matching.models import MatchReservation, Need
from tests import databases
from tests.databases import waiting_for_lock
from tests.donations.conftest import post_event  # noqa: F401 a fixture
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import CampaignFactory, NeedFactory
from tests.invariants import assert_invariants
from tests.queues import own_redis
from tests.races.workers import ROOT, kill, working
from tests.waiting import PATIENCE, wait_until

GIFT, MATCH = 5_000, 5_000
SERVICES = {"REDIS_URL", "ELASTICSEARCH_URL"}


@pytest.fixture
def stripe_server(settings):
    """Run the stand-in for this process and the worker; its events wait to be delivered."""
    with StripeServer(webhook_secret=settings.STRIPE_WEBHOOK_SECRET) as server:
        settings.STRIPE_API_BASE = server.base_url
        gateways._build.cache_clear()
        yield server
    gateways._build.cache_clear()


@pytest.fixture
def queue_address(settings):
    """Return the address of a Redis database of this test's own where Redis answers, else none."""
    with own_redis() if settings.REDIS_TEST_URL else nullcontext("") as address:
        yield address


@pytest.fixture
def environment(committed_db, stripe_server, settings, tmp_path, queue_address):
    """Return what a worker on this test's database and provider is started with.

    Its queue is Redis where it answers, else a folder; empty at first.
    """
    inherited = {name: os.environ[name] for name in os.environ.keys() - SERVICES}
    if queue_address:
        inherited["REDIS_URL"] = queue_address
    return inherited | {
        "AIXIN_ENV": "demo",
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "DATABASE_URL": databases.url(),
        "VAR_DIR": str(tmp_path),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        "SECRET_KEY": settings.SECRET_KEY,
        "FIELD_ENCRYPTION_KEYS": json.dumps(settings.FIELD_ENCRYPTION_KEYS),
        "BLIND_INDEX_KEY": settings.BLIND_INDEX_KEY,
        "STRIPE_API_KEY": settings.STRIPE_API_KEY,
        "STRIPE_API_BASE": stripe_server.base_url,
        "STRIPE_WEBHOOK_SECRET": settings.STRIPE_WEBHOOK_SECRET,
    }


@pytest.fixture
def paid_gift(committed_db, client, stripe_server, post_event):  # noqa: F811 the fixture above
    """Return a matched gift that is paid, its one event kept and waiting for a worker."""
    MatchFundFactory(authorised_minor=100_000)
    need = NeedFactory(published=True, campaign=CampaignFactory(), target_minor=100_000)
    fields = {
        "client_token": str(uuid.uuid4()),
        "shown_match": f"{GIFT}:{MATCH}",
        "amount": str(GIFT),
        "email": "donor@example.org",
    }
    assert client.post(f"/give/{need.code}/", fields).status_code == 303
    donation = Donation.objects.get()
    # What giving itself promised is no part of this.
    Outbox.objects.update(done_at=clock.now())
    stripe_server.pay(donation.payments.get().session_id, "card")
    [event] = [
        each for each in stripe_server.events if each["type"] == "checkout.session.completed"
    ]
    assert post_event(event).status_code == 200
    return donation


@contextmanager
def other_session(statement: str):
    """Keep what the statement locks, from a session of its own, until the block ends."""
    with psycopg.connect(databases.url()) as session:
        session.execute(statement)
        yield
        session.rollback()


def end_waiting() -> None:
    """Cut off whoever waits: the server would carry out a dead client's last statement."""
    with psycopg.connect(databases.url(), autocommit=True) as session:
        session.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
    wait_until(lambda: not waiting_for_lock(), "nobody waits any more")


def hold_up(stripe_server) -> None:
    """Let every question about a payment wait, repeated ones too, until faults are called off."""
    stripe_server.fault("slow", path="/v1/payment_intents/", seconds=PATIENCE, count=100)


def the_promise() -> Outbox:
    return Outbox.objects.get(task=task_names.PROVIDER_EVENT_PROCESS)


def assert_booked_once(donation: Donation) -> None:
    donation.refresh_from_db()
    assert (donation.status, donation.matched_minor) == (DonationStatus.COLLECTED, MATCH)
    assert sorted(Entry.objects.values_list("kind", flat=True)) == ["fee", "gift", "match"]
    need = Need.objects.get()
    assert (need.committed_minor, need.collected_minor) == (GIFT + MATCH, GIFT + MATCH)
    assert list(MatchReservation.objects.values_list("state", "amount_minor")) == [
        ("captured", MATCH)
    ]
    deltas = TallyDelta.objects.values_list("cash_minor", "matched_minor", "gifts")
    assert [sum(column) for column in zip(*deltas, strict=True)] == [GIFT, MATCH, 1]
    assert list(ProviderEvent.objects.values_list("status", flat=True)) == [EventStatus.PROCESSED]
    assert_invariants()


def another_worker_finishes(environment, donation: Donation) -> None:
    """Five minutes later a new worker keeps what the dead one promised, and no more."""
    claimed = the_promise()
    assert (claimed.attempts, claimed.done_at) == (1, None)
    assert claimed.leased_until > donation.created_at + timedelta(minutes=5)
    # It may have died with the receipt claimed too.
    Outbox.objects.exclude(leased_until=None).update(leased_until=clock.now())
    with working(environment):
        wait_until(lambda: the_promise().done_at, "the event is worked off")
        wait_until(Receipt.objects.exists, "the receipt is there")
        wait_until(lambda: not Outbox.objects.filter(done_at=None).exists(), "all is kept")
    assert the_promise().attempts == 2
    assert Receipt.objects.filter(donation=donation).count() == 1
    assert_booked_once(donation)


def test_killed_while_the_provider_is_asked(environment, paid_gift, stripe_server):
    hold_up(stripe_server)
    with working(environment) as worker:
        wait_until(lambda: the_promise().attempts, "a worker claims the event")
        wait_until(lambda: stripe_server.waiting, "the worker asks the provider")
        kill(worker)
    stripe_server.call_off_faults()
    assert Entry.objects.count() == 0

    another_worker_finishes(environment, paid_gift)


@pytest.mark.postgres
def test_killed_with_half_the_gift_booked(environment, paid_gift):
    with (
        other_session("LOCK TABLE donations_tallydelta IN SHARE ROW EXCLUSIVE MODE"),
        working(environment) as worker,
    ):
        wait_until(lambda: waiting_for_lock("INSERT", "tallydelta"), "the worker books the gift")
        kill(worker)
    paid_gift.refresh_from_db()
    assert (paid_gift.status, Entry.objects.count()) == (DonationStatus.PENDING, 0)

    another_worker_finishes(environment, paid_gift)


@pytest.mark.postgres
def test_killed_with_the_gift_booked_and_the_promise_open(environment, paid_gift, stripe_server):
    hold_up(stripe_server)
    with working(environment) as worker:
        wait_until(lambda: the_promise().attempts, "a worker claims the event")
        with other_session(f"SELECT 1 FROM core_outbox WHERE id = {the_promise().pk} FOR UPDATE"):
            stripe_server.call_off_faults()
            wait_until(lambda: waiting_for_lock("UPDATE", "done_at"), "the gift is booked")
            kill(worker)
            end_waiting()
    assert_booked_once(paid_gift)

    another_worker_finishes(environment, paid_gift)
