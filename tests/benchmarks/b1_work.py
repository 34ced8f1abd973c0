"""What the processes of B1 do until their time is up."""

import os
import random
import time
import uuid
from collections.abc import Callable
from datetime import timedelta

from core import clock
from core.money import Money
from donations.giving.services.collection import donation_collect
from donations.giving.services.gifts import gift_start
from matching.funds.services.reservations import match_capture, match_reserve

SMALLEST, LARGEST = 100, 10_000


def _until(seconds: float, index: int, give: Callable[[random.Random, str], int]) -> dict:
    """Give again and again; return how many gifts, how much match, and how long they took."""
    dice = random.Random(f"{os.getpid()} {index} {time.time()}")
    count = matched = 0
    durations = []
    started = now = time.perf_counter()
    while now < started + seconds:
        matched += give(dice, f"B{uuid.uuid4().hex}")
        count += 1
        before, now = now, time.perf_counter()
        durations.append(now - before)
    durations.sort()
    return {
        "count": count,
        "matched": matched,
        "seconds": now - started,
        "p99": durations[int(len(durations) * 0.99)],
    }


def reserve_and_capture(index: int, *, seconds_each: float) -> dict:
    """The allocation alone: hold a match in one transaction, capture it in the next."""

    def give(dice: random.Random, reference: str) -> int:
        match_reserve(
            reference=reference,
            amount=Money(dice.randint(SMALLEST, LARGEST)),
            need_id=None,
            campaign_id=None,
            donor_key=f"donor-{dice.randrange(1_000_000)}",
            donor_organisation_id=None,
            lease_until=clock.now() + timedelta(minutes=10),
        )
        return sum(part.amount_minor for part in match_capture(reference=reference))

    return _until(seconds_each, index, give)


def reserve(index: int, *, seconds_each: float) -> dict:
    """The promise alone: hold a match in one transaction, as a click on «give» does."""

    def give(dice: random.Random, reference: str) -> int:
        return match_reserve(
            reference=reference,
            amount=Money(dice.randint(SMALLEST, LARGEST)),
            need_id=None,
            campaign_id=None,
            donor_key=f"donor-{dice.randrange(1_000_000)}",
            donor_organisation_id=None,
            lease_until=clock.now() + timedelta(minutes=10),
        ).total_minor

    return _until(seconds_each, index, give)


def whole_gift(index: int, *, seconds_each: float, campaign: str) -> dict:
    """A guest's whole gift: promised, then collected, booked and counted on the board."""

    def give(dice: random.Random, reference: str) -> int:
        donation = gift_start(
            client_token=uuid.uuid4(),
            amount=Money(dice.randint(SMALLEST, LARGEST)),
            email=f"donor-{dice.randrange(1_000_000)}@example.org",
            campaign_slug=campaign,
        )
        collected = donation_collect(
            donation_id=donation.pk, charge_id=f"ch_{reference}", method="card", fee_minor=10
        )
        return collected.matched_minor

    return _until(seconds_each, index, give)
