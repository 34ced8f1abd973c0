"""The single door through which a gift changes its state."""

from core import sql
from core.accounts.models import User
from donations.exceptions import GiftRefusedError
from donations.models import Donation, DonationEvent
from donations.states import DONATION_TRANSITIONS, DonationStatus


def donation_lock(*, donation_id: int) -> Donation:
    """Return the gift, its row held until the surrounding transaction ends."""
    donation = sql.first(Donation, "id = %s" + sql.for_update(), [donation_id])
    if donation is None:
        raise Donation.DoesNotExist(f"no gift {donation_id}")
    return donation


def donation_move(
    *, donation: Donation, to: DonationStatus, cause: str, actor: User | None = None
) -> None:
    """Change state and write the event. The caller holds the row's lock.

    Raises:
        GiftRefusedError: the state table has no such move.
    """
    old = DonationStatus(donation.status)
    if to not in DONATION_TRANSITIONS[old]:
        raise GiftRefusedError(f"{donation.code}: {old} → {to}")
    donation.status = to
    sql.together([sql.replacement(donation), sql.insertion([_event(donation, cause, old, actor)])])


def donation_note(
    *, donation: Donation, cause: str, old: DonationStatus | None = None, actor: User | None = None
) -> None:
    """Write an event; without ``old``, one that changed no state."""
    sql.insert(_event(donation, cause, old, actor))


def _event(
    donation: Donation, cause: str, old: DonationStatus | None, actor: User | None
) -> DonationEvent:
    return DonationEvent(
        donation=donation,
        old_status=old or donation.status,
        new_status=donation.status,
        cause=cause[:120],
        actor=actor,
    )
