"""What a signed-in person sees of themselves."""

from django.db.models import QuerySet

from core.accounts.models import User
from donations.models import Donation
from donations.states import DonationStatus
from matching.models import RoleAssignment
from matching.registry.selectors.roles import assignments_of

SHOWN = (DonationStatus.COLLECTED, DonationStatus.REFUNDED, DonationStatus.PENDING)


def roles_held(user: User) -> QuerySet[RoleAssignment]:
    """Return the assignments in force with where each one holds."""
    rows = assignments_of(user).select_related("region", "organisation")
    return rows.order_by("role", "region__code", "pk")


def gifts_of(user: User) -> QuerySet[Donation]:
    """Return the gifts tied to a person's account, newest first."""
    gifts = Donation.objects.filter(donor__user=user, status__in=SHOWN)
    return gifts.select_related("need", "campaign", "receipt").order_by("-pk")
