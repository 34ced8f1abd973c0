"""The last evening: notices, boards and chain brought up to date."""

from core import clock
from demo.seed.world import World
from donations.reports.services import reports_build_due
from donations.tallies.services import tally_fold
from matching.funds.services.reservations import reservations_expire
from matching.needs.services.publicity import publicity_close_due


def books_close(world: World) -> None:
    """Do what beat does, once more."""
    with clock.pretend(world.now):
        publicity_close_due()
        reservations_expire()
        tally_fold()
        reports_build_due()
