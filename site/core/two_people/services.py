"""Proposing and deciding: the one door of whatever takes two people."""

from collections.abc import Collection
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from core import clock
from core.accounts.models import User
from core.exceptions import (
    AlreadyDecidedError,
    FormReusedError,
    ReasonMissingError,
    SamePersonError,
)
from core.two_people.models import Proposal
from core.two_people.states import PROPOSAL_TRANSITIONS, ProposalStatus

AnyProposal = TypeVar("AnyProposal", bound=Proposal)


def propose(*, model: type[AnyProposal], actor: User, **facts: Any) -> AnyProposal:
    """Record what somebody proposes; it waits for another person."""
    proposal = model(proposed_by=actor, **facts)
    proposal.save(force_insert=True)
    return proposal


def require_form_unused(*, first: Proposal, actor: User, same: bool) -> None:
    """Let a form that was sent twice return its first proposal, and nothing else.

    Raises:
        FormReusedError: the form's code stands for somebody else's proposal, or, where
            not ``same``, for other facts.
    """
    if first.proposed_by_id != actor.pk or not same:
        raise FormReusedError(_("这张表已提交过。请重新打开页面，再填一次。"))


def require_other_person(*, actor: User, proposers: Collection[int]) -> None:
    """Refuse whoever proposed it; nobody is exempt, superusers included.

    Raises:
        SamePersonError: the actor is one of the ``proposers`` (their keys).
    """
    if actor.pk in proposers:
        raise SamePersonError(_("这是您提出的，要由另一个人复核。"))


def require_waiting(*, proposal: Proposal) -> None:
    """Refuse what is decided, or over without a decision.

    Raises:
        AlreadyDecidedError: it waits no longer.
    """
    if not proposal.is_waiting:
        raise AlreadyDecidedError(
            _("现在是“%(status)s”，不能再处理。请刷新页面查看最新状态。")
            % {"status": proposal.get_status_display()}
        )


def awaits_decision(*, proposal: Proposal, actor: User, to: ProposalStatus) -> bool:
    """Return whether the decision is still to be taken; False where this person took it.

    Raises:
        SamePersonError: the actor proposed it.
        AlreadyDecidedError: decided otherwise, or by somebody else.
    """
    require_other_person(actor=actor, proposers=[proposal.proposed_by_id])
    if proposal.status == proposal.DECIDED_AS[to] and proposal.decided_by_id == actor.pk:
        return False
    require_waiting(proposal=proposal)
    return True


def decide(
    *, proposal: Proposal, actor: User, to: ProposalStatus, reason: str = "", **facts: Any
) -> bool:
    """Confirm or refuse a proposal; return whether that is new.

    ``facts`` are columns that change along with it. The caller holds the transaction, and
    the row's lock if it acts on what the row says. The same decision again by the same
    person changes nothing; of two people at once one decides, the other is refused.

    Raises:
        SamePersonError: the actor proposed it.
        AlreadyDecidedError: decided otherwise, or by somebody else.
        ReasonMissingError: a refusal without a reason.
    """
    if to not in PROPOSAL_TRANSITIONS[ProposalStatus.PROPOSED]:
        raise ValueError(f"{to} is no decision")
    if not awaits_decision(proposal=proposal, actor=actor, to=to):
        return False
    if to == ProposalStatus.REFUSED and not reason.strip():
        raise ReasonMissingError(_("请填写驳回理由。"))
    now = clock.now()
    changes = facts | {
        "status": proposal.DECIDED_AS[to],
        "decided_by": actor,
        "decided_at": now,
        "refusal_reason": reason.strip(),
        "updated_at": now,
    }
    rows = type(proposal)._default_manager.filter(pk=proposal.pk)
    if not rows.filter(status=ProposalStatus.PROPOSED).update(**changes):
        # Decided since the caller read it.
        proposal.refresh_from_db()
        return awaits_decision(proposal=proposal, actor=actor, to=to)
    for field, value in changes.items():
        setattr(proposal, field, value)
    return True
