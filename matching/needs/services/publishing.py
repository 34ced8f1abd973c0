"""Showing a verified need to strangers, and taking it back."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from matching.exceptions import RoleMissingError, TransitionRefusedError
from matching.models import Need
from matching.needs.selectors.publishing import publishing_refusal
from matching.needs.services.transitions import check_separate_person, need_locked, need_move
from matching.registry import policies
from matching.states import PUBLIC_STATUSES, NeedStatus, Role

S = NeedStatus


@transaction.atomic
def need_publish(*, need_id: int, actor: User) -> Need:
    """Show the need to strangers. A need that is public already stays as it is.

    Raises:
        TransitionRefusedError: not verified, no passed notice, no consent in force, or
            its card would fit fewer than k households.
        RoleMissingError: not an editor.
        SamePersonError: filed or verified this need.
    """
    need = need_locked(need_id=need_id)
    refusal = publishing_refusal(need)
    if refusal:
        raise TransitionRefusedError(refusal)
    if need.status in PUBLIC_STATUSES:
        return need
    policies.require(actor, Role.EDITOR)
    # Resuming repeats the step of publishing.
    check_separate_person(need=need, actor=actor, step=S.VERIFIED)
    need_move(need=need, to=S.PUBLISHED, actor=actor, role=Role.EDITOR)
    if need.collected_minor == need.target_minor:
        need_move(need=need, to=S.FUNDED, actor=None)
    return need


@transaction.atomic
def need_pause(*, need_id: int, actor: User, reason: str) -> Need:
    """Take an open need from public view. Paused already: nothing happens.

    An editor, or the county approver of its region, may. A reason is required.
    """
    need = need_locked(need_id=need_id)
    if not policies.holds(actor, Role.EDITOR):
        _require_approver(need, actor)
    if not reason.strip():
        raise TransitionRefusedError(_("请写明暂停的理由。"))
    if need.status != S.PAUSED:
        need_move(need=need, to=S.PAUSED, actor=actor, reason=reason.strip())
    return need


def _require_approver(need: Need, actor: User) -> None:
    if not policies.holds(actor, Role.COUNTY_APPROVER, region=need.village.region):
        raise RoleMissingError(_("只有编辑或本县审定员可以暂停或恢复需求。"))


@transaction.atomic
def need_resume(*, need_id: int, actor: User, reason: str) -> Need:
    """Show a paused need again. Public already: nothing happens.

    An editor, or a county approver of its region, who took no other step of it.

    Raises:
        RoleMissingError: neither of them.
        SamePersonError: filed or verified this need.
        TransitionRefusedError: not paused, no reason, or what publishing asks for is gone
            (consent, notice, k-anonymity). Nothing has changed.
    """
    need = need_locked(need_id=need_id)
    if not policies.holds(actor, Role.EDITOR):
        _require_approver(need, actor)
    if need.status in PUBLIC_STATUSES:
        return need
    if need.status != S.PAUSED:
        raise TransitionRefusedError(_("这个需求没有暂停，不用恢复。"))
    # Resuming repeats the step of publishing.
    check_separate_person(need=need, actor=actor, step=S.VERIFIED)
    if not reason.strip():
        raise TransitionRefusedError(_("请写明恢复的理由。"))
    if refusal := publishing_refusal(need):
        raise TransitionRefusedError(refusal)
    need_move(need=need, to=S.PUBLISHED, actor=actor, reason=reason.strip())
    if need.collected_minor == need.target_minor:
        need_move(need=need, to=S.FUNDED, actor=None)
    return need
