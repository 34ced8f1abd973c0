"""Telling the whole county: everything set up, everything scheduled, everything settled."""

import gc
import io
import logging
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.core.management import call_command
from django.db import transaction

from core import clock, codes, dispatch
from demo.seed import closing, marker
from demo.seed.editorial import Newsroom
from demo.seed.gifts import gifts_plan
from demo.seed.goods import goods_plan
from demo.seed.households import households_plan
from demo.seed.needs import NeedWalk, needs_plan
from demo.seed.pairings import pairings_plan
from demo.seed.people import logins_make, partners_assign, townships_staff
from demo.seed.places import (
    divisions_load,
    fund_refill,
    funds_open,
    organisations_make,
    villages_make,
)
from demo.seed.plan import Plan
from demo.seed.timeline import Progress, Timeline
from demo.seed.wishes import wishes
from demo.seed.world import World
from donations.reports.services import reports_build_due
from donations.tallies.services import tally_fold

SEED = 1017
SLOW_SECONDS = 1.0
# Before the first money of an agreement arrives.
BOOKS_DAYS = 140


def county_seed(
    *, plan: Plan, progress: Progress, seed: int = SEED, now: datetime | None = None
) -> World:
    """Fill an empty database with the demo county as of ``now``.

    Every fact comes about through the services its people would use, under the clock of
    its day. The same plan, seed and instant make the same codes, amounts and counts.
    Nothing is mailed and nobody is called: what tasks would do is done here. The last
    write says that all is there (``marker``).
    """
    rng = random.Random(seed)  # noqa: S311 a story, not a secret
    now = now or clock.now()
    world = World(plan=plan, now=now, rng=rng, timeline=Timeline(now))
    marker.begin(plan.scale)
    chance = random.Random(seed)  # noqa: S311
    with codes.drawn_from(chance), dispatch.nothing_promised(), _quietly():
        with _step("places and people", progress):
            _set_up(world)
        with _step("five months of history", progress):
            _schedule(world)
            world.timeline.run(name="history", progress=progress)
        _close(world, progress)
    marker.end()
    return world


@transaction.atomic
def _set_up(world: World) -> None:
    with clock.pretend(world.ago(200)):
        divisions_load(world)
        villages_make(world)
        logins_make(world)
        townships_staff(world)
        organisations_make(world)
        partners_assign(world)


def _schedule(world: World) -> None:
    timeline = world.timeline
    households_plan(world)
    walks = [NeedWalk(world, wish) for wish in wishes(world)]
    needs_plan(world, walks)
    timeline.at(world.campaign_opens_at - timedelta(hours=1), lambda: funds_open(world))
    timeline.at(world.ago(0.08), lambda: fund_refill(world))
    gifts_plan(world, walks)
    goods_plan(world)
    pairings_plan(world)
    Newsroom(world).schedule()
    # As beat does, though less often; reports seal the books themselves.
    timeline.every(timedelta(days=1), tally_fold, since=world.campaign_opens_at)
    timeline.every(timedelta(days=5), reports_build_due, since=world.ago(BOOKS_DAYS))


def _close(world: World, progress: Progress) -> None:
    steps: tuple[tuple[str, Callable[[], object]], ...] = (
        ("books and boards", lambda: closing.books_close(world)),
        ("search", lambda: call_command("search_rebuild", stdout=io.StringIO())),
    )
    for name, step in steps:
        with _step(name, progress):
            step()


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep the news of thousands of ordinary acts out of the log, and the collector at rest.

    The collector would look at ever more rows of the past and find nothing to free.
    """
    logging.disable(logging.INFO)
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.enable()
        logging.disable(logging.NOTSET)


@contextmanager
def _step(name: str, progress: Progress) -> Iterator[None]:
    begun = time.monotonic()
    yield
    seconds = time.monotonic() - begun
    if seconds >= SLOW_SECONDS:
        progress(f"  {name}: {seconds:.1f} s")
