"""Households as the desk shows them: masked."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from core.accounts.models import User
from matching.models import Consent, Household, HouseholdIdentity, Need
from matching.models.roles import REGIONAL_ROLES
from matching.registry.identity import (
    mask_id_number,
    mask_name,
    mask_phone,
    mentions_identity,
)
from matching.registry.selectors.places import villages_within
from matching.registry.selectors.roles import Person, regions_of, within
from matching.states import ConsentScope, Role


@dataclass(frozen=True, slots=True)
class MaskedIdentity:
    """Enough to know which family is meant, too little to find it."""

    head_name: str
    id_number: str
    phone: str


def households_in_reach(user: Person) -> QuerySet[Household]:
    """Return the households of the person's regions, newest first, with their needs counted."""
    reach = within(regions_of(user, REGIONAL_ROLES), "village__region__code")
    households = Household.objects.filter(reach).annotate(needs_count=Count("needs"))
    return households.select_related("village__region__parent", "identity").order_by("-pk")


def household_in_reach(user: Person, code: str) -> Household | None:
    """Return one of those households; to others it does not exist."""
    return households_in_reach(user).filter(code=code).first()


def consents_in_force(household: Household) -> dict[ConsentScope, Consent | None]:
    """Return the consent that stands for each scope, None where there is none."""
    return {scope: household.consents.in_force(scope).first() for scope in ConsentScope}


def needs_of_household(household: Household) -> QuerySet[Need]:
    """Return the household's needs, newest first."""
    return household.needs.order_by("-pk")


def masked_identity(household: Household) -> MaskedIdentity:
    """Return the household's identity behind stars."""
    identity = household.identity
    return MaskedIdentity(
        head_name=mask_name(identity.head_name),
        id_number=mask_id_number(identity.id_number),
        phone=mask_phone(identity.phone),
    )


def masked_surname(*, household: Household) -> str:
    """Return the surname of the household's head and two stars, as a notice shows it."""
    return mask_name(household.identity.head_name)


def text_identifies(*, text: str, household_id: int | None = None) -> bool:
    """Return whether a text meant for strangers names the household or gives a number of theirs.

    Any long number counts as one, whoever's it is; without a household nothing else does.
    """
    identity = None
    if household_id is not None:
        identity = HouseholdIdentity.objects.filter(household_id=household_id).first()
    if identity is None:
        return mentions_identity(text, name="", secrets=[])
    secrets = [identity.id_number, identity.phone, identity.address, identity.bank_card]
    return mentions_identity(text, name=identity.head_name, secrets=secrets)


def villages_to_register_in(user: User):
    """Return the villages the person is an officer for."""
    return villages_within(regions_of(user, [Role.VILLAGE_OFFICER]))
