"""What waits to be confirmed in the field, and who hears of it."""

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.two_people.states import ProposalStatus
from donations.models import Delivery, Disbursement, Donation
from donations.receipts.selectors import giver_of
from donations.states import DonationStatus
from matching.models import Need
from matching.registry.selectors.roles import regions_of, within
from matching.states import NeedStatus, Role

# As many as somebody can read out.
MESSAGES = 50


def needs_to_confirm(user: User) -> QuerySet[Need]:
    """Return paid-out needs of the villages a person is officer of, longest waiting first."""
    return _field_needs(user).filter(status=NeedStatus.DISBURSED).order_by("updated_at", "pk")


def needs_confirmed(user: User) -> QuerySet[Need]:
    """Return closed needs of those villages, newest first."""
    closed = _field_needs(user).filter(status=NeedStatus.CLOSED, deliveries__isnull=False)
    return closed.distinct().order_by("-closed_at", "-pk")


def need_in_field(user: User, code: str) -> Need | None:
    """Return a need of those villages by its code."""
    return _field_needs(user).filter(code=code).first()


def needs_awaiting_delivery() -> QuerySet[Need]:
    """Return every paid-out need whose delivery is not confirmed, longest waiting first."""
    rows = Need.objects.filter(status=NeedStatus.DISBURSED)
    return rows.select_related("village__region__parent").order_by("updated_at", "pk")


def _field_needs(user: User) -> QuerySet[Need]:
    reach = within(regions_of(user, [Role.VILLAGE_OFFICER]), "village__region__code")
    return Need.objects.filter(reach).select_related("village__region__parent")


def paid_by(need: Need, user: User) -> bool:
    """Return whether the person proposed or approved a pay-out of the need."""
    paid = Disbursement.objects.filter(need=need, status=ProposalStatus.CONFIRMED)
    return paid.filter(proposed_by=user).exists() or paid.filter(decided_by=user).exists()


def delivery_of(need: Need) -> Delivery | None:
    """Return the confirmed delivery of a need."""
    return Delivery.objects.filter(need=need).select_related("evidence").first()


def messages_to(need: Need) -> list[dict[str, str]]:
    """Return what givers wrote to the family, oldest first, each with the giver's public name."""
    gifts = Donation.objects.filter(need=need, status=DonationStatus.COLLECTED).exclude(message="")
    return [
        {"name": giver_of(gift) or _("爱心人士"), "text": gift.message}
        for gift in gifts.order_by("pk")[:MESSAGES]
    ]


def latest_gifts_of_givers(need: Need) -> QuerySet[Donation]:
    """Return the latest collected gift of every giver to the need."""
    collected = Donation.objects.filter(need=need, status=DonationStatus.COLLECTED)
    newest = collected.order_by().values("donor").annotate(newest=Max("pk")).values("newest")
    return Donation.objects.filter(pk__in=newest).order_by("pk")
