"""The demo's past, told in its own order: acts at instants, each under that instant's clock."""

import gc
import heapq
import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection, transaction

from core import clock

Act = Callable[[], object]
Progress = Callable[[str], None]

# Acts a transaction: on SQLite a commit waits for the disk, on PostgreSQL the versions of
# a much-changed row pile up until the commit.
BATCH = 250
TELL_EVERY_SECONDS = 5.0


@contextmanager
def _no_savepoints() -> Iterator[None]:
    """Let services inside the batch set none: whatever fails ends the seeding as a whole.

    They are a third of all statements, for one writer who never needs to step back.
    """
    features = connection.features
    before = features.uses_savepoints
    features.uses_savepoints = False
    try:
        yield
    finally:
        features.uses_savepoints = before


class Timeline:
    """A queue of acts by time. What would happen after ``now`` has not happened."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._acts: list[tuple[datetime, int, Act]] = []
        self._order = itertools.count()

    def at(self, instant: datetime, act: Act) -> None:
        """Do ``act`` at an instant; one in the future is let go."""
        if instant <= self.now:
            heapq.heappush(self._acts, (instant, next(self._order), act))

    def every(self, period: timedelta, act: Act, *, since: datetime) -> None:
        """Do ``act`` at ``since`` and then once a period, as beat would."""

        def again() -> None:
            act()
            self.every(period, act, since=since + period)

        self.at(since, again)

    def run(self, *, name: str, progress: Progress) -> int:
        """Do every act, those that acts add included, in order of time; return how many.

        Interrupted, it leaves the batches that were committed.
        """
        done, told = 0, time.monotonic()
        while self._acts:
            with _no_savepoints(), transaction.atomic():
                done += self._batch()
            gc.collect()
            # What is left now lasts: not to be looked at again after every batch.
            gc.freeze()
            if time.monotonic() - told >= TELL_EVERY_SECONDS:
                told = time.monotonic()
                progress(f"  {name}: {done * 100 // (done + len(self._acts) or 1)} %")
        return done

    def _batch(self) -> int:
        done = 0
        while self._acts and done < BATCH:
            instant, _order, act = heapq.heappop(self._acts)
            with clock.pretend(instant):
                act()
            done += 1
        return done
