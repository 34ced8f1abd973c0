"""What the processes of the ledger's races do; each part gets the index of its process."""

from pathlib import Path

from django.db import transaction

from core.money import Money
from donations import chart
from donations.books.services import seals
from donations.books.services.posting import credit, debit, post
from donations.models import Donor
from donations.tallies import services as tallies
from matching.models import Campaign
from tests.donations.booking import TOWN, book_gift
from tests.waiting import wait_until

FIVE = Money(5)


def _book(key: str, need_code: str) -> int:
    legs = [
        debit(chart.provider_balance("stripe"), FIVE),
        credit(chart.NEED_FUNDS + need_code, FIVE),
    ]
    return post(key=key, kind="gift", memo="", legs=legs).pk


def book_same(index: int) -> list[int]:
    """Book twenty facts that every other process books too."""
    return [_book(f"test:race:{number}", f"NRACE{number:04d}") for number in range(20)]


def seal(index: int) -> int:
    """Seal again and again, in small batches; return how many."""
    seals.BATCH = 7
    return sum(seals.ledger_seal() for _time in range(30))


def overtake(index: int, *, folder: str) -> int:
    """Process 0 books first and commits last; process 1 seals meanwhile; return how many."""
    booked, sealed = Path(folder) / "booked", Path(folder) / "sealed"
    if index == 0:
        with transaction.atomic():
            _book("test:slow", "NSLOW0001")
            booked.touch()
            wait_until(sealed.exists, "the seal of process 1")
        return 0
    wait_until(booked.exists, "the entry of process 0")
    _book("test:quick", "NQUICK001")
    try:
        return seals.ledger_seal()
    finally:
        sealed.touch()


def fold_or_give(index: int, *, givers: int) -> int:
    """The first processes give forty gifts each, the others fold; return gifts or folds."""
    if index < givers:
        return _give(index)
    tallies.BATCH = 5
    return sum(tallies.tally_fold() for _time in range(40))


def _give(index: int) -> int:
    campaign, donors = Campaign.objects.get(), list(Donor.objects.order_by("pk"))
    for number in range(40):
        with transaction.atomic():
            book_gift(
                campaign=campaign,
                minor=number + 1,
                donor=donors[number % len(donors)],
                township_code=TOWN if number % 2 else "",
                key=f"test:give:{index}:{number}",
            )
    return 40
