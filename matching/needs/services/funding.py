"""Money promised to a need, arrived, given back, paid out: its counters and what follows."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core import clock, sql
from core.accounts.models import User
from core.changes import announce
from matching.exceptions import NeedShortfallError
from matching.models import Need
from matching.needs.selectors.purposes import CONSENT_IN_FORCE
from matching.needs.services.transitions import need_locked, need_move
from matching.states import MAY_BE_FUNDED, NeedStatus, Role

S = NeedStatus
# What ``Need.objects.open()`` says, in one statement that every gift to a need runs.
COMMIT = f"""
UPDATE matching_need AS need SET committed_minor = need.committed_minor + %s, updated_at = %s
WHERE need.id = %s AND need.status = {sql.literals(S.PUBLISHED)}
AND need.target_minor >= need.committed_minor + %s AND {CONSENT_IN_FORCE}
"""  # noqa: S608 constants
COLLECT = f"""
UPDATE matching_need SET collected_minor = collected_minor + %s, updated_at = %s
WHERE id = %s AND committed_minor >= collected_minor + %s
RETURNING collected_minor = target_minor AND status IN ({sql.literals(*MAY_BE_FUNDED)})
"""  # noqa: S608 constants


def _positive(amount_minor: int) -> None:
    if amount_minor <= 0:
        raise ValueError(f"an amount is positive, not {amount_minor}")


def need_commit(*, need_id: int, amount_minor: int) -> None:
    """Promise money to a need that takes gifts, in one conditional UPDATE.

    Raises:
        NeedShortfallError: less than that is missing, or the need takes no gifts now.
            Nothing has changed; the caller's transaction can go on.
    """
    _positive(amount_minor)
    if not need_room_take(need_id=need_id, amount_minor=amount_minor):
        raise NeedShortfallError(_shortfall(need_id))


def need_room_take(*, need_id: int, amount_minor: int, leave_minor: int = 0) -> bool:
    """Promise money to a need where that and ``leave_minor`` besides fit; say whether it did."""
    now, today = sql.stored(clock.now()), sql.stored(clock.today())
    values = [amount_minor, now, need_id, amount_minor + leave_minor, today, today]
    with sql.joined():
        taken = bool(sql.changed(COMMIT, values))
        if taken:
            announce(Need, need_id)
    return taken


def _shortfall(need_id: int) -> str:
    need = Need.objects.open().filter(pk=need_id).first()
    if need is None:
        return _("这个需求目前不接受捐赠。请看看其他需求。")
    if not need.missing:
        return _("这个需求的款项已全部有人承诺。请看看其他需求。")
    return _("这个需求还差 %(missing)s，请不要超过这个金额。") % {"missing": need.missing}


@transaction.atomic
def need_release(*, need_id: int, amount_minor: int) -> None:
    """Take back a promise that did not arrive. Works in every state of the need.

    Raises:
        ValueError: more than is promised and has not arrived; nothing has changed.
    """
    _positive(amount_minor)
    released = Need.objects.filter(
        pk=need_id, committed_minor__gte=F("collected_minor") + amount_minor
    ).update(committed_minor=F("committed_minor") - amount_minor, updated_at=clock.now())
    if not released:
        raise ValueError(f"need {need_id} has no outstanding promise of {amount_minor}")
    announce(Need, need_id)


def need_collect(*, need_id: int, amount_minor: int) -> None:
    """Count promised money as arrived; the last of it moves the need to funded.

    Raises:
        ValueError: more than is promised; nothing has changed.
    """
    _positive(amount_minor)
    values = [amount_minor, sql.stored(clock.now()), need_id, amount_minor]
    with sql.joined():
        collected = sql.rows(COLLECT, values)
        if not collected:
            raise ValueError(f"need {need_id} has no outstanding promise of {amount_minor}")
        announce(Need, need_id)
        ((is_met,),) = collected
        if is_met:
            need_move(need=need_locked(need_id=need_id), to=S.FUNDED, actor=None)


@transaction.atomic
def need_uncollect(*, need_id: int, amount_minor: int) -> Need:
    """Take refunded money off again; a funded need that lacks money opens again.

    Raises:
        ValueError: more than has arrived; nothing has changed.
    """
    _positive(amount_minor)
    taken = Need.objects.filter(pk=need_id, collected_minor__gte=amount_minor).update(
        collected_minor=F("collected_minor") - amount_minor,
        committed_minor=F("committed_minor") - amount_minor,
        updated_at=clock.now(),
    )
    if not taken:
        raise ValueError(f"need {need_id} has not received {amount_minor}")
    announce(Need, need_id)
    need = need_locked(need_id=need_id)
    if need.status == S.FUNDED and need.collected_minor < need.target_minor:
        need_move(need=need, to=S.PUBLISHED, actor=None)
    return need


@transaction.atomic
def need_mark_disbursed(*, need_id: int, actor: User | None) -> Need:
    """Record that the money was paid out. Done already: nothing happens."""
    need = need_locked(need_id=need_id)
    if need.status not in {S.DISBURSED, S.CLOSED}:
        need_move(need=need, to=S.DISBURSED, actor=actor, role=Role.FUND_OFFICER)
    return need


@transaction.atomic
def need_close(*, need_id: int, actor: User | None) -> Need:
    """Record that the help was delivered and confirmed. Done already: nothing happens."""
    need = need_locked(need_id=need_id)
    if need.status != S.CLOSED:
        need_move(need=need, to=S.CLOSED, actor=actor)
    return need
