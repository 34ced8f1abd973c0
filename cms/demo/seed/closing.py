"""The last evening: notices, boards and chain brought up to date."""

from cms.demo.seed.world import World
from core import clock
from donations.services.reports import reports_build_due
from donations.services.tallies import tally_fold
from matching.services.publicity import publicity_close_due
from matching.services.reservations import reservations_expire


def books_close(world: World) -> None:
    """Do what beat does, once more."""
    with clock.pretend(world.now):
        publicity_close_due()
        reservations_expire()
        tally_fold()
        reports_build_due()
