"""Folders at once, and gifts booked while they fold: nothing lost, nothing twice."""

from django.conf import settings

from donations.models import TallyDelta
from donations.tallies.selectors import board
from donations.tallies.services import tally_fold
from tests.databases import url
from tests.donations.booking import TOWN, book_gift, make_donor
from tests.factories.matching import CampaignFactory
from tests.invariants import violations
from tests.races.harness import run_together


def test_folders_and_givers_at_once_end_exact(committed_db):
    campaign = CampaignFactory()
    for _number in range(7):
        make_donor()
    for number in range(60):
        book_gift(campaign=campaign, minor=100, township_code=TOWN if number % 3 else "")

    run_together(
        "tests.donations.race_work:fold_or_give",
        processes=6,
        database_url=url(),
        var_dir=settings.VAR_DIR,
        givers=2,
    )
    tally_fold()

    shown = board(campaign)
    assert shown.cash.minor == 60 * 100 + 2 * sum(range(1, 41))
    assert (shown.gifts, shown.donors) == (140, 7)
    assert not TallyDelta.objects.filter(folded_at=None).exists()
    assert violations(only="I7") == []
