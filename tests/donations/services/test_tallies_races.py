"""Folders at once, and gifts booked while they fold: nothing lost, nothing twice."""

from donations.models import TallyDelta
from donations.selectors.tallies import board
from donations.services.tallies import tally_fold
from tests.donations.booking import TOWN, book_gift, make_donor
from tests.donations.processes import run_together
from tests.factories.matching import CampaignFactory
from tests.invariants import violations

FOLD = """
from donations.services import tallies
tallies.BATCH = 5
for _ in range(40):
    tallies.tally_fold()
"""
GIVE = """
from django.db import transaction
from donations.models import Donor
from matching.models import Campaign
from tests.donations import booking
campaign, donors = Campaign.objects.get(), list(Donor.objects.all())
for number in range(40):
    with transaction.atomic():
        booking.book_gift(
            campaign=campaign, minor=number + 1, donor=donors[number % len(donors)],
            township_code=booking.TOWN if number % 2 else "", key=f"test:{WHO}:{number}",
        )
"""


def test_folders_and_givers_at_once_end_exact(committed_db):
    campaign = CampaignFactory()
    for _number in range(7):
        make_donor()
    for number in range(60):
        book_gift(campaign=campaign, minor=100, township_code=TOWN if number % 3 else "")

    run_together([FOLD, FOLD, FOLD, GIVE.replace("WHO", "'a'"), GIVE.replace("WHO", "'b'")])
    tally_fold()

    shown = board(campaign)
    assert shown.cash.minor == 60 * 100 + 2 * sum(range(1, 41))
    assert (shown.gifts, shown.donors) == (140, 7)
    assert not TallyDelta.objects.filter(folded_at=None).exists()
    assert violations(only="I7") == []
