"""What the processes of B9 do: give, fold, and read the board."""

import json
import time
from collections.abc import Callable
from dataclasses import replace

from django.db import transaction
from django.test import override_settings

from core.money import Money
from donations import chart
from donations.books.services.posting import credit, debit, post
from donations.states import EntryKind
from donations.tallies.selectors import board_answer
from donations.tallies.services import tally_fold, tally_record
from matching.models import Campaign

TOWNSHIPS = [f"5306271{number:02d}000" for number in range(30)]


def stage(
    index: int, *, roles: list[str], caches: dict, begins: float, slug: str, **arguments
) -> dict:
    """Play the role of this process; all of them share one cache, as workers do.

    All begin at one moment, after each has opened its connections.
    """
    parts: dict[str, Callable] = {"give": give, "fold": fold, "read": read, "watch": watch}
    arguments["slug"] = slug
    with override_settings(CACHES=caches):
        board_answer(slug)
        tally_fold()
        time.sleep(max(0.0, begins - time.time()))
        return {"role": roles[index], **parts[roles[index]](index, **arguments)}


def give(index: int, *, slug: str, lasts: float, rate: float, **_rest) -> dict:
    """Book gifts and their changes of the board, ``rate`` a second; flat out without one."""
    campaign = Campaign.objects.get(slug=slug)
    started, committed, number = time.time(), [], 0
    while time.time() < started + lasts:
        if rate:
            time.sleep(max(0.0, started + number / rate - time.time()))
        _gift(campaign, f"bench:{index}:{started}:{number}", 100 + number % 900, number)
        committed.append(time.time())
        number += 1
    return {"committed": committed, "seconds": time.time() - started}


def _gift(campaign: Campaign, key: str, minor: int, number: int) -> None:
    township = TOWNSHIPS[number % len(TOWNSHIPS)]
    amount = Money(minor)
    with transaction.atomic():
        entry = post(
            key=key,
            kind=EntryKind.GIFT,
            memo="",
            legs=[
                debit(chart.provider_balance("stripe"), amount),
                credit(chart.fund_of(campaign.purpose), amount),
            ],
            purpose=replace(campaign.purpose, township_code=township),
        )
        tally_record(
            entry=entry, campaign=campaign, township_code=township, cash_minor=minor, gifts=1
        )


def fold(index: int, *, lasts: float, every: float, **_rest) -> dict:
    """Fold as beat has it done, and a little longer than the others work."""
    started, folded = time.time(), 0
    while time.time() < started + lasts + 3 * every:
        begun = time.time()
        folded += tally_fold()
        time.sleep(max(0.0, every - (time.time() - begun)))
    return {"folded": folded}


def read(index: int, *, slug: str, lasts: float, polls: float, **_rest) -> dict:
    """Poll the board with its tag, as so many readers together do."""
    started, number, fresh, tag = time.time(), 0, 0, ""
    while time.time() < started + lasts:
        time.sleep(max(0.0, started + number / polls - time.time()))
        answer = board_answer(slug)
        if answer.etag != tag:
            tag, fresh = answer.etag, fresh + 1
        number += 1
    return {"polls": number, "fresh": fresh}


def watch(index: int, *, slug: str, lasts: float, every: float, **_rest) -> dict:
    """Note when the public board showed how many gifts; looks 50 times a second."""
    started, seen, tag = time.time(), [], ""
    while time.time() < started + lasts + 3 * every + 1:
        answer = board_answer(slug)
        if answer.etag != tag:
            tag = answer.etag
            seen.append((time.time(), json.loads(answer.body)["gifts"]))
        time.sleep(0.02)
    return {"seen": seen}
