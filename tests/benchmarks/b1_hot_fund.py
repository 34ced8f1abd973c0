"""B1: matched gifts a second on ONE fund, beside pgbench's leanest one-row statement."""

from collections.abc import Iterable

from django.conf import settings
from django.db import connection
from django.db.models import Sum

from core.invariants import violations
from donations.models import Donation, Posting
from matching.models import MatchReservation
from tests import databases
from tests.benchmarks import pgbench
from tests.benchmarks.suite import Effort, Rounds, Row
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import CampaignFactory
from tests.races.harness import run_together

TITLE = "8 and 32 processes give to one match fund of 64 slots, against pgbench on one row"
SLOTS = 64
# What the whole gift must reach of its peer; the first rows show where its time goes.
TARGETS = {8: 1.0, 32: 1.4}
METRICS = {
    "reserve": "match held/s",
    "reserve_and_capture": "match held and captured/s",
    "whole_gift": "gifts promised, collected, booked/s",
}


def run(effort: Effort) -> Iterable[Row]:
    """Measure in rounds: the peer, then each subject, at 8 and then at 32 processes."""
    pgbench.pgbench_path()
    pgbench.prepare()
    campaign = CampaignFactory()
    MatchFundFactory(authorised_minor=10**15, slot_count=SLOTS)
    measured = {(work, size): Rounds() for work in METRICS for size in TARGETS}
    p99: dict[tuple[str, int], float] = {}
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    for _round in range(effort.rounds):
        for size in TARGETS:
            peer = pgbench.rate(databases.url(), clients=size, seconds=effort.seconds)
            for work in METRICS:
                rate, slowest = _rate(work, size, effort.seconds, campaign.slug)
                measured[work, size].subject.append(rate)
                measured[work, size].peer.append(peer)
                p99[work, size] = max(p99.get((work, size), 0), slowest)
    return [
        rounds.row(
            f"B1 × {size}",
            METRICS[work],
            "pgbench, one row",
            target=TARGETS[size] if work == "whole_gift" else None,
            note=f"p99 {p99[work, size] * 1000:.0f} ms",
        )
        for (work, size), rounds in measured.items()
    ]


def _rate(work: str, size: int, seconds: float, campaign: str) -> tuple[float, float]:
    """Return gifts a second and the slowest process's p99, after counting in the database."""
    before = _counted()
    arguments = {"campaign": campaign} if work == "whole_gift" else {}
    results = run_together(
        f"tests.benchmarks.b1_work:{work}",
        processes=size,
        database_url=databases.url(),
        var_dir=settings.VAR_DIR,
        seconds_each=seconds,
        **arguments,
    )
    count = sum(result["count"] for result in results)
    matched = sum(result["matched"] for result in results)
    reservations, live, gifts, booked = (
        now - then for now, then in zip(_counted(), before, strict=True)
    )
    assert (reservations, live) == (count, matched), "not every gift that was counted is there"
    assert violations("matching") == []
    if work == "whole_gift":
        assert gifts == count
        assert booked == matched, "the ledger does not show what was matched"
    rate = sum(result["count"] / result["seconds"] for result in results)
    return rate, max(result["p99"] for result in results)


def _counted() -> tuple[int, int, int, int]:
    """Return reservations, their money, collected gifts, and match booked in the ledger."""
    rows = MatchReservation.objects.filter(state__in=["held", "captured"])
    match_legs = Posting.objects.filter(account__code__startswith="assets:match:")
    return (
        rows.count(),
        rows.aggregate(total=Sum("amount_minor"))["total"] or 0,
        Donation.objects.filter(status="collected").count(),
        match_legs.aggregate(total=Sum("amount_minor"))["total"] or 0,
    )
