"""Asking whoever can answer: Elasticsearch where it is set and well, else the database."""

import logging
import threading
import time
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from core import clock
from search.backends.database import DatabaseBackend
from search.backends.elastic import ElasticBackend
from search.contract import NeedQuery, SearchPage, SearchUnavailableError

logger = logging.getLogger(__name__)

COOLDOWN_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Answer:
    """A page with how it came about. ``degraded``: the engine was away, the database stood in."""

    page: SearchPage
    degraded: bool
    took_ms: int
    as_of: datetime


class Breaker:
    """Keeps a process from asking a dead node again and again."""

    def __init__(self, cooldown: float = COOLDOWN_SECONDS) -> None:
        self._cooldown = cooldown
        self._closed_again_at = 0.0
        self._lock = threading.Lock()

    def lets_through(self) -> bool:
        """Return whether to try; during the cooldown nobody does, after it one does."""
        with self._lock:
            now = time.monotonic()
            if now < self._closed_again_at:
                return False
            if self._closed_again_at:
                # The next caller probes; others wait for its verdict.
                self._closed_again_at = now + self._cooldown
            return True

    def failed(self) -> None:
        """Note a failure: nobody asks for a while."""
        with self._lock:
            self._closed_again_at = time.monotonic() + self._cooldown

    def worked(self) -> None:
        """Note an answer: everybody may ask."""
        with self._lock:
            self._closed_again_at = 0.0


breaker = Breaker()


def find(query: NeedQuery) -> Answer:
    """Return the answer of the first backend that has one."""
    started = time.perf_counter()
    page, degraded = _page(query)
    took_ms = round((time.perf_counter() - started) * 1000)
    return Answer(page, degraded, took_ms, clock.now())


def _page(query: NeedQuery) -> tuple[SearchPage, bool]:
    database = DatabaseBackend()
    if not settings.ELASTICSEARCH_URL:
        return database.search(query), False
    if breaker.lets_through():
        try:
            page = ElasticBackend().search(query)
        except SearchUnavailableError as error:
            logger.warning("search: the database stands in: %s", error)
            breaker.failed()
        else:
            breaker.worked()
            return page, False
    return database.search(query), True
