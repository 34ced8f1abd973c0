"""The one door through which a need changes its state."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, sql
from core.accounts.models import User
from core.changes import announce
from core.exceptions import SamePersonError
from matching.exceptions import TransitionRefusedError
from matching.models import Need, NeedEvent, Objection
from matching.states import CHAIN, NEED_TRANSITIONS, NeedStatus

S = NeedStatus


def need_locked(*, need_id: int) -> Need:
    """Return the need under its row lock; the caller's transaction keeps it."""
    need = sql.first(Need, "id = %s" + sql.for_update(), [need_id])
    if need is None:
        raise Need.DoesNotExist(f"no need {need_id}")
    return need


def _check_move(old: str, new: str) -> None:
    """Refuse a move that the state table does not know."""
    if S(new) not in NEED_TRANSITIONS[S(old)]:
        raise TransitionRefusedError(
            _("需求现在是“%(old)s”，不能变为“%(new)s”。请刷新页面查看最新状态。")
            % {"old": S(old).label, "new": S(new).label}
        )


def check_separate_person(*, need: Need, actor: User, step: str) -> None:
    """Raise ``SamePersonError`` for who filed this need or acted on another of its steps.

    In any round. ``step`` is the status acted on; the same step may be repeated in a later
    round. Nobody is exempt. The database says the same within one round.
    """
    acted = NeedEvent.objects.filter(need=need, actor=actor, old_status__in=CHAIN)
    others = set(acted.exclude(old_status=step).values_list("old_status", flat=True))
    if step != S.DRAFT and need.filed_by_id == actor.pk:
        others.add(S.DRAFT)
    if step != S.IN_PUBLICITY and _resolved_objection(need, actor):
        others.add(S.IN_PUBLICITY)
    if others:
        raise SamePersonError(
            _("您已参与过这个需求的另一环节，同一人不能经办两个环节。请由其他人员办理。")
        )


def _resolved_objection(need: Need, actor: User) -> bool:
    """A dismissed objection moves nothing and so leaves no event; it counts all the same."""
    return Objection.objects.filter(notice__need=need, resolved_by=actor).exists()


@transaction.atomic
def need_move(
    *,
    need: Need,
    to: NeedStatus,
    actor: User | None,
    decision: str = "",
    role: str = "",
    reason: str = "",
) -> NeedEvent:
    """Change the state and append who did it, why, and on which evidence.

    ``need`` is brought up to date in place. ``actor`` is None where the platform itself
    moves it. A need that somebody else has moved since it was read is refused.

    Raises:
        TransitionRefusedError: not in the state table, or no longer in that state.
    """
    old = need.status
    _check_move(old, to)
    changes = _stamps(need, to)
    moved = Need.objects.filter(pk=need.pk, status=old).update(
        status=to, updated_at=clock.now(), **changes
    )
    if not moved:
        raise TransitionRefusedError(_("这个需求刚被其他人处理过。请刷新页面查看最新状态。"))
    need.status = to
    for field, value in changes.items():
        setattr(need, field, value)
    event = NeedEvent.objects.create(
        need=need,
        round=need.round,
        old_status=old,
        new_status=to,
        decision=decision,
        role=role,
        actor=actor,
        reason=reason,
        evidence_digests=list(need.evidence.order_by("pk").values_list("sha256", flat=True)),
    )
    announce(Need, need.pk)
    return event


def _stamps(need: Need, to: NeedStatus) -> dict[str, Any]:
    """Return the fields that change along with the state."""
    if to == S.FILED and need.events.filter(new_status=S.FILED, round=need.round).exists():
        return {"round": need.round + 1}
    if to == S.VERIFIED:
        return {"verified_at": clock.now()}
    if to == S.PUBLISHED and need.published_at is None:
        return {"published_at": clock.now()}
    if to == S.CLOSED:
        return {"closed_at": clock.now()}
    return {}
