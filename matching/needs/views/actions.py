"""What a person may do with a need now; the same rules the services hold them to."""

from dataclasses import dataclass

from core.accounts.models import User
from core.exceptions import SamePersonError
from matching.models import Evidence, Need
from matching.needs.services.evidence import PURPOSES
from matching.needs.services.transitions import check_separate_person
from matching.registry import policies
from matching.states import NEED_TRANSITIONS, STEP_ROLE, NeedStatus, Role

S = NeedStatus


@dataclass(frozen=True, slots=True)
class Actions:
    """Which forms the page shows. ``waiting_for`` names who is to act otherwise."""

    decide: bool
    edit: bool
    file: bool
    withdraw: bool
    pause: bool
    resume: bool
    evidence: str | None
    acted_before: bool
    waiting_for: str


def actions_for(user: User, need: Need) -> Actions:
    """Return what this person may do with this need now."""
    region = need.village.region
    status = S(need.status)
    step_role = STEP_ROLE.get(status)
    may_step = step_role is not None and policies.holds(user, step_role, region=region)
    officer = policies.holds(user, Role.VILLAGE_OFFICER, region=region)
    approver = policies.holds(user, Role.COUNTY_APPROVER, region=region)
    acted = not separate(user, need, status)
    return Actions(
        decide=may_step and not acted,
        edit=officer and status == S.DRAFT,
        file=officer and status == S.DRAFT and not acted,
        withdraw=(officer or approver)
        and S.WITHDRAWN in NEED_TRANSITIONS[status]
        and not need.committed_minor,
        pause=approver and status == S.PUBLISHED,
        resume=approver and status == S.PAUSED and separate(user, need, S.VERIFIED),
        evidence=_purpose(user, need),
        acted_before=may_step and acted,
        waiting_for=str(step_role.label) if step_role else "",
    )


def separate(user: User, need: Need, status: NeedStatus) -> bool:
    """Return whether the person has taken no other step of this need."""
    try:
        check_separate_person(need=need, actor=user, step=status)
    except SamePersonError:
        return False
    return True


def _purpose(user: User, need: Need) -> str | None:
    """Return the kind of evidence the person may add now, if any."""
    for purpose, (statuses, roles) in PURPOSES.items():
        if need.status in statuses and any(
            policies.holds(user, role, region=need.village.region) for role in roles
        ):
            return Evidence.Purpose(purpose)
    return None
