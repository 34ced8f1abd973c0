"""Registering households; who they are stays locked away and every look is recorded."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import audit
from core.accounts.models import User
from core.crypto import blind_index
from matching.exceptions import DuplicateHouseholdError
from matching.models import Household, HouseholdIdentity, Village
from matching.models.roles import REGIONAL_ROLES
from matching.registry import policies
from matching.registry.identity import normal_id_number
from matching.registry.services.consents import consent_record
from matching.states import ConsentScope, Role

ID_PURPOSE = "household-id-number"


@dataclass(frozen=True, slots=True)
class ConsentTerms:
    """How and when a household agreed to publish its need, and until when."""

    channel: str
    given_on: date
    expires_on: date | None = None


@transaction.atomic
def household_register(
    *,
    actor: User,
    village_id: int,
    size_band: str,
    head_name: str,
    id_number: str,
    has_minors: bool = False,
    phone: str = "",
    address: str = "",
    bank_card: str = "",
    consent: ConsentTerms | None = None,
) -> Household:
    """Register a household of a village the actor is an officer for.

    The identity number is taken as given; its form is the form's business. With
    ``consent`` the household's consent to publish its need is recorded along with it.

    Raises:
        RoleMissingError: not an officer of that village.
        DuplicateHouseholdError: the number is registered already; says nothing of whom.
    """
    village = Village.objects.select_related("region").get(pk=village_id)
    policies.require(actor, Role.VILLAGE_OFFICER, region=village.region)
    household = Household.objects.create(
        village=village, size_band=size_band, has_minors=has_minors, registered_by=actor
    )
    identity = HouseholdIdentity(
        household=household,
        head_name=head_name.strip(),
        id_number=normal_id_number(id_number),
        phone=phone.strip(),
        address=address.strip(),
        bank_card=bank_card.strip(),
    )
    _lock_away(identity)
    audit.record(
        actor=actor,
        action="household.registered",
        object_label="matching.household",
        object_ref=household.code,
    )
    if consent is not None:
        consent_record(
            actor=actor,
            household_id=household.pk,
            scope=ConsentScope.PUBLISH_NEED,
            channel=consent.channel,
            given_on=consent.given_on,
            expires_on=consent.expires_on,
        )
    return household


def _lock_away(identity: HouseholdIdentity) -> None:
    identity.id_number_index = blind_index(identity.id_number, purpose=ID_PURPOSE)
    try:
        with transaction.atomic():
            identity.save(force_insert=True)
    except IntegrityError as error:
        raise DuplicateHouseholdError(
            _("这个身份证号已经登记过，不能重复登记。如有疑问，请联系乡镇复审员核对。")
        ) from error


@transaction.atomic
def identity_view(*, household_id: int, actor: User) -> HouseholdIdentity:
    """Return who the household is, for somebody of its region, and record that they looked.

    Raises:
        RoleMissingError: no officer, reviewer or approver of that region.
    """
    household = Household.objects.select_related("village__region", "identity").get(pk=household_id)
    policies.require_any(actor, REGIONAL_ROLES, region=household.village.region)
    audit.record(
        actor=actor,
        action="household.identity_viewed",
        object_label="matching.household",
        object_ref=household.code,
    )
    return household.identity
