"""B9: the campaign board while 200 gifts a second arrive and a thousand readers poll."""

import time
import uuid
from collections.abc import Callable, Iterable
from functools import partial
from statistics import median

from django.conf import settings
from django.db import connection
from django.db.models import Sum

from core import clock
from donations.models import Donation, Posting, TallyCounter
from donations.tallies.selectors import board, board_data
from donations.tallies.services import tally_fold
from matching.models import Campaign
from tests import databases
from tests.benchmarks.suite import CannotRunError, Effort, Row
from tests.donations.booking import make_donor
from tests.factories.matching import CampaignFactory
from tests.invariants import violations
from tests.races.harness import run_together

TITLE = "board: commit to visible, cost of a read, gifts with and without readers"
GIFTS_A_SECOND = 200
# A thousand readers that look every five seconds.
POLLS_A_SECOND = 200
GIVERS = 3
ROUNDS_AT_MOST = 2
# Seconds that the processes have to open their connections.
WARM_UP = 5.0
FEW_GIFTS = 2_000


def run(effort: Effort) -> Iterable[Row]:
    """Measure, and compare the board at rest with the ledger's own sum, to the cent."""
    if connection.vendor != "postgresql":
        raise CannotRunError("it needs PostgreSQL: givers would take turns on SQLite")
    campaign = CampaignFactory()
    latency, alone, accompanied = [], [], []
    for _round in range(min(effort.rounds, ROUNDS_AT_MOST)):
        latency += _latencies(campaign, effort.seconds)
        alone.append(_throughput(campaign, effort.seconds, readers=0))
        accompanied.append(_throughput(campaign, effort.seconds, readers=2))
    latency.sort()
    summed = _at_rest(campaign)
    few, many = _read_costs(campaign)
    return [
        _limit("commit to visible, p95, s", latency[int(len(latency) * 0.95)], 1.0),
        _limit("commit to visible, p99, s", latency[int(len(latency) * 0.99)], 2.0),
        Row("B9", "gifts/s with readers", median(accompanied), median(alone), "without", 0.8),
        Row("B9", "board read, ms, 10× gifts", many, few, "few gifts", 1.1, at_most=True),
        Row("B9", "board read, ms", many, summed, "one SELECT SUM of the ledger"),
    ]


def _limit(metric: str, seconds: float, limit: float) -> Row:
    return Row("B9", metric, seconds, limit, "limit", 1.0, at_most=True)


def _play(campaign: Campaign, roles: list[str], lasts: float, rate: float) -> list[dict]:
    return run_together(
        "tests.benchmarks.b9_work:stage",
        processes=len(roles),
        database_url=databases.url(),
        var_dir=settings.VAR_DIR,
        roles=roles,
        caches=_shared_cache(),
        begins=time.time() + WARM_UP,
        slug=campaign.slug,
        lasts=lasts,
        rate=rate,
        polls=POLLS_A_SECOND / 2,
        every=settings.CELERY_BEAT_SCHEDULE["tally"]["schedule"],
    )


def _shared_cache() -> dict:
    if settings.REDIS_TEST_URL:
        backend = "django.core.cache.backends.redis.RedisCache"
        return {
            "default": {
                "BACKEND": backend,
                "LOCATION": settings.REDIS_TEST_URL,
                "KEY_PREFIX": f"bench-{uuid.uuid4().hex}",
            }
        }
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    return {"default": {"BACKEND": backend, "LOCATION": str(settings.VAR_DIR / "bench-cache")}}


def _latencies(campaign: Campaign, lasts: float) -> list[float]:
    """Return how long each gift took from its commit until the public board counted it."""
    before = board(campaign).gifts
    roles = ["fold", "watch", "read", "read", *["give"] * GIVERS]
    told = _play(campaign, roles, max(lasts, 5.0), GIFTS_A_SECOND / GIVERS)
    committed = sorted(moment for each in told for moment in each.get("committed", []))
    seen = next(each["seen"] for each in told if each["role"] == "watch")
    assert seen[-1][1] == before + len(committed), "the board did not show every gift"
    latencies, position = [], 0
    for number, moment in enumerate(committed, start=before + 1):
        while seen[position][1] < number:
            position += 1
        latencies.append(max(0.0, seen[position][0] - moment))
    return latencies


def _throughput(campaign: Campaign, lasts: float, *, readers: int) -> float:
    told = _play(campaign, ["fold", *["read"] * readers, *["give"] * GIVERS], lasts, 0)
    givers = [each for each in told if each["role"] == "give"]
    return sum(len(each["committed"]) / each["seconds"] for each in givers)


def _read_costs(many: Campaign) -> tuple[float, float]:
    """Return milliseconds of an uncached read with few gifts and with ten times as many.

    Two campaigns with equal counters take turns, so that what else the machine does
    touches both; the quickest read of each counts.
    """
    few, donor = CampaignFactory(), make_donor()
    TallyCounter.objects.bulk_create(
        TallyCounter(campaign=few, township_code=row.township_code, cash_minor=row.cash_minor)
        for row in TallyCounter.objects.filter(campaign=many)
    )
    for campaign, gifts in ((few, FEW_GIFTS), (many, 10 * FEW_GIFTS)):
        gift = {"donor": donor, "campaign": campaign, "status": "collected", "amount_minor": 100}
        Donation.objects.bulk_create(
            [Donation(**gift, collected_at=clock.now()) for _number in range(gifts)],
            batch_size=2_000,
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    taken: dict[int, list[float]] = {few.pk: [], many.pk: []}
    for _turn in range(100):
        for campaign in (few, many):
            taken[campaign.pk].append(_milliseconds(partial(board_data, campaign)))
    return min(taken[few.pk]), min(taken[many.pk])


def _at_rest(campaign: Campaign) -> float:
    """Compare board and ledger; return the milliseconds that the plain SUM takes."""
    legs = Posting.objects.filter(
        entry__campaign=campaign, account__kind="fund", entry__kind="gift"
    )

    def summed() -> int:
        return -(legs.aggregate(sum=Sum("amount_minor"))["sum"] or 0)

    tally_fold()
    assert board(campaign).cash.minor == summed(), "the board is not the ledger"
    assert violations(only="I7") == []
    return min(_milliseconds(summed) for _time in range(5))


def _milliseconds(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1000
