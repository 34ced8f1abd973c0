"""Pairing agreements as pages read them; their money stands in the ledger."""

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from core.accounts.models import User
from matching.models import Milestone, MilestoneEvent, PairingAgreement, Region, Village
from matching.registry.selectors.roles import Person, assignments_of, regions_of, within
from matching.states import AgreementStatus, MilestoneStatus, Role

# Signed: a proposal is an intent, and the public is not told of intents.
PUBLIC = (AgreementStatus.ACTIVE, AgreementStatus.COMPLETED, AgreementStatus.ENDED)
FIELD_ROLES = (Role.COUNTY_APPROVER, Role.VILLAGE_OFFICER)


def agreements_public(region: Region | None = None) -> QuerySet[PairingAgreement]:
    """Return signed agreements, those in force first, in a region if one is given."""
    rows = _joined().filter(status__in=PUBLIC, signed_on__isnull=False)
    if region is not None:
        rows = rows.filter(village__region__code__startswith=region.prefix)
    # "active" sorts before "completed" and "ended".
    return rows.order_by("status", "-signed_on", "-pk")


def agreements_of_village(village: Village) -> list[PairingAgreement]:
    """Return the signed agreements of one village, those in force first."""
    return list(agreements_public().filter(village=village))


def agreement_public(code: str) -> PairingAgreement | None:
    """Return a signed agreement with its steps."""
    return _with_steps(agreements_public()).filter(code=code).first()


def agreements_for(user: Person) -> QuerySet[PairingAgreement]:
    """Return what a person works with: own organisations', own region's; all for an auditor."""
    rows = _joined()
    if assignments_of(user).filter(role__in=[Role.AUDITOR, Role.FUND_OFFICER]).exists():
        return rows
    own = assignments_of(user).filter(role=Role.PARTNER).values("organisation")
    reach = within(regions_of(user, FIELD_ROLES), "village__region__code")
    return rows.filter(reach | Q(organisation__in=own))


def agreement_for(user: Person, code: str) -> PairingAgreement | None:
    """Return one agreement a person works with, with its steps."""
    return _with_steps(agreements_for(user)).filter(code=code).first()


def agreements_of_partner(user: User) -> QuerySet[PairingAgreement]:
    """Return the agreements of the organisations a person stands for."""
    own = assignments_of(user).filter(role=Role.PARTNER).values("organisation")
    return _joined().filter(organisation__in=own).order_by("-pk")


def agreements_to_work_with(user: Person) -> QuerySet[PairingAgreement]:
    """Return what a person works with, newest first."""
    return agreements_for(user).order_by("-pk")


def agreements_to_decide(user: User) -> QuerySet[PairingAgreement]:
    """Return agreements that wait for a county approver: to accept, or a step to approve."""
    reported = Milestone.objects.filter(agreement=OuterRef("pk"), status=MilestoneStatus.REPORTED)
    waiting = Q(status=AgreementStatus.PROPOSED) | Q(
        Exists(reported), status=AgreementStatus.ACTIVE
    )
    own = assignments_of(user).filter(role=Role.PARTNER, organisation__isnull=False)
    reach = within(regions_of(user, [Role.COUNTY_APPROVER]), "village__region__code")
    rows = _joined().filter(reach, waiting).exclude(organisation__in=own.values("organisation"))
    return rows.exclude(status=AgreementStatus.PROPOSED, proposed_by=user).order_by("pk")


def milestones_payable() -> QuerySet[Milestone]:
    """Return the steps of signed agreements, for a bank line to be tied to."""
    rows = Milestone.objects.filter(agreement__signed_on__isnull=False)
    return rows.select_related("agreement__organisation", "agreement__village__region").order_by(
        "agreement__code", "due_on", "pk"
    )


def any_milestone_payable() -> bool:
    """Return whether there is a step that a bank line could be tied to."""
    return milestones_payable().exists()


def steps_of(agreement: PairingAgreement) -> list[Milestone]:
    """Return the agreement's steps in order; read already where it was found with them."""
    return list(agreement.milestones.all())


def moves_of(milestone: Milestone) -> list[MilestoneEvent]:
    """Return what happened to a step, oldest first; read already as its agreement's."""
    return list(milestone.events.all())


def regions_with_agreements() -> list[Region]:
    """Return the counties and townships in which signed agreements lie, by code."""
    codes = agreements_public().values_list("village__region__code", flat=True).distinct()
    wanted = {part.ljust(12, "0") for code in codes.order_by() for part in (code[:6], code[:9])}
    return list(Region.objects.filter(code__in=wanted).order_by("code"))


def _joined() -> QuerySet[PairingAgreement]:
    return PairingAgreement.objects.select_related(
        "organisation", "village__region__parent"
    ).annotate(
        steps=Count("milestones"),
        steps_done=Count("milestones", filter=Q(milestones__status=MilestoneStatus.APPROVED)),
    )


def _with_steps(rows: QuerySet[PairingAgreement]) -> QuerySet[PairingAgreement]:
    events = MilestoneEvent.objects.order_by("pk")
    steps = Milestone.objects.select_related("agreement").prefetch_related(
        Prefetch("events", queryset=events)
    )
    return rows.prefetch_related(Prefetch("milestones", queryset=steps))
