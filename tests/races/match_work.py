"""What the racing processes do. Imported by the forked children."""

import random
import time
from datetime import timedelta

from django.db import transaction

from core import clock
from core.money import Money
from matching.exceptions import NeedShortfallError
from matching.funds.services.reservations import (
    match_capture,
    match_release,
    match_reserve,
    reservations_expire,
)
from matching.models import MatchFundSlot, MatchReservation
from matching.needs.services.funding import need_commit


def reserve(reference: str, amount_minor: int, donor_key: str, need_id: int | None = None) -> int:
    """Reserve once; return what is held in minor units."""
    outcome = match_reserve(
        reference=reference,
        amount=Money(amount_minor),
        need_id=need_id,
        campaign_id=None,
        donor_key=donor_key,
        donor_organisation_id=None,
        lease_until=clock.now() + timedelta(minutes=10),
    )
    return outcome.total_minor


def give(index: int, *, gifts: int, of: int, amount: int) -> list[int]:
    """Make this process's share of equal gifts by different donors; return the matches."""
    return [reserve(f"D{number}", amount, f"donor-{number}") for number in range(index, gifts, of)]


def give_any(index: int, *, gifts: int, most: int) -> list[int]:
    """Make gifts of random size; return the matches."""
    sizes = random.Random(index)
    return [
        reserve(f"D{index}-{number}", sizes.randint(100, most), f"donor-{index}")
        for number in range(gifts)
    ]


def give_in_tabs(index: int, *, gifts: int, of: int, amount: int) -> list[int]:
    """Make this process's share of gifts that one donor makes in as many tabs."""
    return [reserve(f"D{number}", amount, "donor-1") for number in range(index, gifts, of)]


def give_same(index: int, *, references: int, amount: int) -> list[int]:
    """Submit the same gifts as every other process."""
    return [reserve(f"D{number}", amount, f"donor-{number}") for number in range(references)]


def give_to_need(index: int, *, gifts: int, amount: int, need_id: int) -> int:
    """Reserve match and room for gifts to one need; return how many gifts it took."""
    taken = 0
    for number in range(gifts):
        try:
            with transaction.atomic():
                reserve(f"D{index}-{number}", amount, f"donor-{index}", need_id)
                need_commit(need_id=need_id, amount_minor=amount)
        except NeedShortfallError:
            continue
        taken += 1
    return taken


def release(index: int, *, references: int) -> int:
    """Release the gifts every other process releases too; return what came back here."""
    return sum(match_release(reference=f"D{number}") for number in range(references))


def capture_or_expire(index: int, *, references: int) -> list[str]:
    """Even processes capture what odd ones expire; return what was captured here."""
    if index % 2:
        while reservations_expire(limit=10):
            pass
        return []
    order = list(range(references))
    random.Random(index).shuffle(order)
    return [f"D{number}" for number in order if match_capture(reference=f"D{number}")]


def give_unprotected(index: int, *, gifts: int, of: int, amount: int) -> list[int]:
    """The control: read what is left, think, write it back. Must lose updates."""
    matches = []
    for number in range(index, gifts, of):
        with transaction.atomic():
            slot = MatchFundSlot.objects.get()
            got = min(amount, slot.remaining_minor)
            time.sleep(0.001)
            slot.remaining_minor -= got
            slot.save(update_fields=["remaining_minor"])
            if got:
                now = clock.now()
                MatchReservation.objects.create(
                    fund_id=slot.fund_id,
                    reference=f"D{number}",
                    donor_key=f"donor-{number}",
                    gift_minor=amount,
                    amount_minor=got,
                    counted_on=clock.today(),
                    lease_until=now,
                    rules_version=1,
                )
        matches.append(got)
    return matches
