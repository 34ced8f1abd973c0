"""What waits on whose desk."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from matching.models import Evidence, Need, NeedEvent, Objection
from matching.models.roles import REGIONAL_ROLES
from matching.registry.selectors.roles import Person, assignments_of, regions_of, within
from matching.states import CHAIN, STEP_ROLE, NeedStatus, ObjectionStatus, Role

VILLAGE = "village__region__code"
OBJECTION_ROLES = (Role.COUNTY_APPROVER, Role.TOWNSHIP_REVIEWER)


def _acted_elsewhere(user: Person) -> Exists:
    """The person acted on another step of this need than the one it stands at."""
    acted = NeedEvent.objects.filter(need=OuterRef("pk"), actor_id=user.pk, old_status__in=CHAIN)
    return Exists(acted.exclude(old_status=OuterRef("status")))


def needs_in_reach(user: Person) -> QuerySet[Need]:
    """Return the needs of the person's regions; an auditor reaches all."""
    needs = Need.objects.select_related("village__region__parent", "household", "project__charity")
    if assignments_of(user).filter(role=Role.AUDITOR).exists():
        return needs
    return needs.filter(within(regions_of(user, REGIONAL_ROLES), VILLAGE))


def need_in_reach(user: Person, code: str) -> Need | None:
    """Return one of those needs; to others it does not exist."""
    return needs_in_reach(user).filter(code=code).first()


def evidence_is_in_reach(user: Person, evidence_id: int) -> bool:
    """Return whether a file belongs to one of those needs."""
    return needs_in_reach(user).filter(evidence__pk=evidence_id).exists()


def evidence_of(need: Need) -> QuerySet[Evidence]:
    """Return a need's files with who added them, oldest first."""
    return need.evidence.select_related("uploaded_by").order_by("pk")


def needs_waiting(user: Person) -> QuerySet[Need]:
    """Return the needs whose next step this person may take, longest waiting first."""
    mine = Q(pk__in=[])
    for status, role in STEP_ROLE.items():
        mine |= Q(status=status) & within(regions_of(user, [role]), VILLAGE)
    settled = Objection.objects.filter(notice__need=OuterRef("pk"), resolved_by_id=user.pk)
    needs = Need.objects.filter(mine).exclude(filed_by_id=user.pk)
    needs = needs.exclude(_acted_elsewhere(user)).exclude(Exists(settled))
    return needs.select_related("village__region__parent").order_by("updated_at")


def objections_in_reach(user: Person) -> QuerySet[Objection]:
    """Return the objections to notices of the regions the person settles them for."""
    reach = within(regions_of(user, OBJECTION_ROLES), f"notice__need__{VILLAGE}")
    return Objection.objects.filter(reach).select_related("notice__need__village__region__parent")


def objection_in_reach(user: Person, code: str) -> Objection | None:
    """Return one of those objections; to others it does not exist."""
    return objections_in_reach(user).filter(code=code).first()


def objections_waiting(user: Person) -> QuerySet[Objection]:
    """Return the open objections this person may settle, oldest first."""
    acted = NeedEvent.objects.filter(
        need=OuterRef("notice__need"), actor_id=user.pk, old_status__in=CHAIN
    ).exclude(old_status=NeedStatus.IN_PUBLICITY)
    waiting = objections_in_reach(user).filter(status=ObjectionStatus.OPEN)
    return (
        waiting.exclude(Exists(acted))
        .exclude(notice__need__filed_by_id=user.pk)
        .order_by("created_at")
    )


def needs_of(user: Person) -> QuerySet[Need]:
    """Return the needs the person filed, and drafts of villages they are an officer for."""
    drafts = Q(status=NeedStatus.DRAFT) & within(regions_of(user, [Role.VILLAGE_OFFICER]), VILLAGE)
    needs = Need.objects.filter(Q(filed_by_id=user.pk) | drafts)
    return needs.select_related("village__region__parent").order_by("-updated_at")


def recent_moves(user: Person, *, limit: int = 50) -> list[NeedEvent]:
    """Return what the person did lately, newest first."""
    moves = NeedEvent.objects.filter(actor_id=user.pk).select_related("need__village__region")
    return list(moves.order_by("-pk")[:limit])
