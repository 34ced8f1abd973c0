"""Where a giver is reached."""

from core.messages.message import MAIL, Recipient
from donations.models import Donation


def giver_reached_at(donation: Donation) -> list[Recipient]:
    """Return each place where the giver hears of this gift, in the language they gave in."""
    return [Recipient(MAIL, donation.donor.email, donation.language)]
