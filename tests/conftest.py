"""Fixtures of the whole suite: databases from a template, services, the outbox."""

import os

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, connections

from core.documents import documents_possible
from tests import databases, sockets

sockets.close_to_others()
# How long an example takes says nothing on a busy machine.
hypothesis.settings.register_profile(
    "steady", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("steady")

MARKED_SERVICES = {
    "postgres": lambda: (
        "" if connection.vendor == "postgresql" else "DATABASE_URL is not PostgreSQL"
    ),
    "redis": lambda: "" if settings.REDIS_TEST_URL else "REDIS_URL is not set",
    "elasticsearch": lambda: (
        "" if settings.ELASTICSEARCH_TEST_URL else "ELASTICSEARCH_URL is not set"
    ),
    "documents": lambda: "" if documents_possible() else "Pango is not installed",
    "browser": lambda: "" if databases.chromium_path() else "Chromium is not installed",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs an absent service, with the reason; in CI its absence fails."""
    reasons = {name: absent() for name, absent in MARKED_SERVICES.items()}
    for item in items:
        for name, reason in reasons.items():
            if reason and item.get_closest_marker(name):
                if os.environ.get("CI") == "true":
                    item.add_marker(pytest.mark.usefixtures("service_is_missing"))
                else:
                    item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture
def service_is_missing() -> None:
    """Fail a marked test in CI when its service is not there."""
    pytest.fail("a service that CI must have is missing")


def pytest_sessionstart() -> None:
    """Compile the translations that changed; the English pages are tested too."""
    from core.translations import compile_catalogues

    for folder in settings.LOCALE_PATHS:
        compile_catalogues(folder)


def pytest_collection_finish() -> None:
    """Watch calls to the network: after the apps are there, before any test."""
    from tests import outside

    outside.watch()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker, request):
    """Copy the migrated template instead of migrating for every run."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "")
    with django_db_blocker.unblock():
        databases.create(worker)
    yield
    with django_db_blocker.unblock():
        databases.destroy()


@pytest.fixture
def committed_db(django_db_setup, django_db_blocker):
    """Let a test commit for real (threads, processes, servers); a fresh copy follows it.

    Flushing would not do: append-only tables refuse it and Wagtail's first rows would go.
    """
    with django_db_blocker.unblock():
        yield connection
        connections.close_all()
        databases.restore()


@pytest.fixture
def deliver_outbox(django_capture_on_commit_callbacks):
    """Return a function that keeps every due promise, as a worker would, until none is left.

    It returns how many it kept; a promise that fails raises its own error.
    """
    from config.celery import app
    from core.dispatch import outbox_deliver, outbox_due
    from core.models import Outbox

    app.loader.import_default_modules()

    def deliver(limit: int = 1000) -> int:
        kept = 0
        while due := outbox_due():
            for pk in due:
                outbox_deliver(outbox_id=pk)
                row = Outbox.objects.get(pk=pk)
                assert row.done_at, f"{row.task} failed: {row.last_error}"
                kept += 1
            assert kept <= limit, "the outbox does not drain"
        return kept

    return deliver


@pytest.fixture(autouse=True)
def _clean_cache():
    """Start every test with an empty cache."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def _first_language():
    """Start every test in the language of the sources: a request leaves its own behind."""
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _no_network_in_a_transaction():
    """Fail a test whose code called the network in a transaction, even where it shrugged."""
    from tests import outside

    yield
    outside.require_none()


@pytest.fixture(autouse=True)
def _no_socket_abroad():
    """Fail a test that reached beyond this machine, even where the code under test shrugged."""
    yield
    sockets.require_silence()
