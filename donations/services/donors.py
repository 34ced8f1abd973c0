"""Donors: one row per e-mail address, found by its blind index."""

from core.accounts.models import User
from core.crypto import blind_index
from donations.models import Donor

PURPOSE = "donor-email"


def email_index(email: str) -> str:
    """Return the digest that equal addresses share; also the key of per-day match caps."""
    return blind_index(email.casefold(), purpose=PURPOSE)


def donor_for_email(*, email: str, language: str, user: User | None = None) -> Donor:
    """Return the donor with this address, making the row at the first gift.

    A signed-in giver is tied to the row only where the address is the account's own:
    what anybody types into a form proves nothing about whose address it is.
    """
    donor, _created = Donor.objects.get_or_create(
        email_index=email_index(email), defaults={"email": email, "language": language}
    )
    own = user is not None and user.email and email_index(user.email) == donor.email_index
    if own and donor.user_id is None and not Donor.objects.filter(user=user).exists():
        donor.user = user
        donor.save(update_fields=["user", "updated_at"])
    return donor
