"""Donors: one row per e-mail address, found by its blind index."""

from core import sql
from core.accounts.models import User
from core.crypto import blind_index
from donations.models import Donor
from matching.registry.selectors.organisations import giving_organisation_id

PURPOSE = "donor-email"
# Two first gifts at once make one row; both get its id. The key itself is not written: that
# would lock the row against gifts that point at it, whose check comes as late as their commit.
SAME = "ON CONFLICT (email_index) DO UPDATE SET language = donations_donor.language"


def email_index(*, email: str) -> str:
    """Return the digest that equal addresses share; also the key of per-day match caps."""
    return blind_index(email.casefold(), purpose=PURPOSE)


def donor_for_email(*, email: str, language: str, user: User | None = None) -> Donor:
    """Return the donor with this address, making the row at the first gift.

    A signed-in giver is tied to the row only where the address is the account's own:
    what anybody types into a form proves nothing about whose address it is.
    """
    index = email_index(email=email)
    donor = sql.first(Donor, "email_index = %s", [index])
    if donor is None:
        donor = Donor(email=email, email_index=index, language=language)
        sql.insert(donor, otherwise=SAME)
    own = user is not None and user.email and email_index(email=user.email) == donor.email_index
    if own and donor.user_id is None and not Donor.objects.filter(user=user).exists():
        donor.user = user
        donor.save(update_fields=["user", "updated_at"])
    _give_for_organisation(donor, email, user)
    return donor


def _give_for_organisation(donor: Donor, email: str, user: User | None) -> None:
    """Note for whom this gift is given: a sponsor's own fund does not match it."""
    organisation_id = giving_organisation_id(email=email, user=user)
    if donor.organisation_id != organisation_id:
        donor.organisation_id = organisation_id
        donor.save(update_fields=["organisation", "updated_at"])
