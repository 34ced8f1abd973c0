"""What a household agreed to, and what follows when it no longer does."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, clock
from core.accounts.models import User
from core.changes import announce
from matching.exceptions import ConsentMissingError
from matching.models import Consent, Household, Need
from matching.models.roles import REGIONAL_ROLES
from matching.needs.services.notices import notice_take_down
from matching.needs.services.transitions import need_locked, need_move
from matching.registry import policies
from matching.states import ConsentScope, NeedStatus, Role

S = NeedStatus
WITHDRAWN = "农户撤回同意"


@transaction.atomic
def consent_record(
    *,
    actor: User,
    household_id: int,
    scope: str,
    channel: str,
    given_on: date,
    expires_on: date | None = None,
) -> Consent:
    """Record a consent; it takes the place of an earlier one of that scope.

    Raises:
        RoleMissingError: not an officer of that village.
        ConsentMissingError: given in the future, or over before it is given or today.
    """
    household = _household(household_id)
    policies.require(actor, Role.VILLAGE_OFFICER, region=household.village.region)
    if given_on > clock.today():
        raise ConsentMissingError(_("同意日期不能晚于今天。"))
    if expires_on is not None and expires_on < clock.today():
        raise ConsentMissingError(_("同意的有效期已经过去，请重新取得同意。"))
    household.consents.filter(scope=scope, withdrawn_at__isnull=True).update(
        withdrawn_at=clock.now(), updated_at=clock.now()
    )
    consent = Consent.objects.create(
        household=household,
        scope=scope,
        channel=channel.strip(),
        given_on=given_on,
        expires_on=expires_on,
        recorded_by=actor,
    )
    _record(actor, "consent.recorded", household, scope)
    _announce_needs(household)
    return consent


@transaction.atomic
def consent_withdraw(*, household_id: int, scope: str, actor: User) -> int:
    """End a consent and take down what rested on it; return how many needs moved.

    Without the consent to publish: open needs pause, needs in publicity are withdrawn
    and their notices taken down, and needs already met leave public view while their
    money still reaches the household. Withdrawn already: nothing happens.
    """
    household = _household(household_id)
    policies.require_any(actor, REGIONAL_ROLES, region=household.village.region)
    ended = household.consents.filter(scope=scope, withdrawn_at__isnull=True).update(
        withdrawn_at=clock.now(), updated_at=clock.now()
    )
    if not ended:
        return 0
    _record(actor, "consent.withdrawn", household, scope)
    moved = _take_down(household, actor) if scope == ConsentScope.PUBLISH_NEED else 0
    _announce_needs(household)
    return moved


def _take_down(household: Household, actor: User) -> int:
    resting = household.needs.filter(status__in=[S.PUBLISHED, S.IN_PUBLICITY])
    ids = list(resting.order_by("pk").values_list("pk", flat=True))
    for need_id in ids:
        need = need_locked(need_id=need_id)
        if need.status == S.PUBLISHED:
            need_move(need=need, to=S.PAUSED, actor=actor, reason=WITHDRAWN)
        elif need.status == S.IN_PUBLICITY:
            notice_take_down(need=need)
            need_move(need=need, to=S.WITHDRAWN, actor=actor, reason=WITHDRAWN)
    return len(ids)


def _household(household_id: int) -> Household:
    """Return the household, held: two who record a consent at once take turns."""
    held = Household.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("village__region").get(pk=household_id)


def _record(actor: User, action: str, household: Household, scope: str) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_label="matching.household",
        object_ref=household.code,
        scope=str(scope),
    )


def _announce_needs(household: Household) -> None:
    # In order: what listens promises under a key of each need, and keeps the key to the end.
    for pk in household.needs.order_by("pk").values_list("pk", flat=True):
        announce(Need, pk)
