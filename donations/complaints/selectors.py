"""Complaints: what they refer to, whose desk they lie on, how many there are."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from core import clock
from core.accounts.models import User
from donations.models import Complaint, ComplaintReply, Donation, Receipt
from donations.states import ComplaintStatus, ComplaintSubject
from matching.models import Campaign, Need, PublicityNotice
from matching.pairings.selectors import agreements_public
from matching.registry.selectors.roles import Person, assignments_of, regions_of, within
from matching.states import Role

S = ComplaintSubject
# Who settles which; conduct and whatever else goes to the county, above those it may be about.
HANDLERS: dict[ComplaintSubject, tuple[Role, ...]] = {
    S.NEED: (Role.COUNTY_APPROVER, Role.TOWNSHIP_REVIEWER),
    S.GIFT: (Role.FUND_OFFICER,),
    S.CAMPAIGN: (Role.FUND_OFFICER,),
    S.CONDUCT: (Role.COUNTY_APPROVER,),
    S.OTHER: (Role.COUNTY_APPROVER,),
}
READERS = (Role.COUNTY_APPROVER, Role.TOWNSHIP_REVIEWER, Role.FUND_OFFICER, Role.AUDITOR)


@dataclass(frozen=True, slots=True)
class Reference:
    """What a code names, as it is kept: at most one of the three rows."""

    text: str
    need: Need | None = None
    donation: Donation | None = None
    campaign: Campaign | None = None


def reference_named(text: str) -> Reference | None:
    """Return what a typed code names among what strangers can know; None for nothing.

    A gift's code opens its giver's page, so its receipt's number is kept in its place.
    """
    code = text.strip()
    upper = code.upper()
    # Once shown, known: also while it is paused.
    need = Need.objects.filter(code=upper, published_at__isnull=False).first()
    if need is None:
        notice = PublicityNotice.objects.select_related("need").filter(code=upper).first()
        need = notice.need if notice else None
    if need is not None:
        return Reference(upper, need=need)
    receipt = Receipt.objects.select_related("donation").filter(number=upper).first()
    if receipt is not None:
        return Reference(receipt.number, donation=receipt.donation)
    donation = Donation.objects.filter(code=upper).select_related("receipt").first()
    if donation is not None:
        known = getattr(donation, "receipt", None)
        return Reference(known.number if known else f"{upper[:3]}…", donation=donation)
    named = Q(slug=code.lower()) | Q(filing_number=code)
    campaign = Campaign.objects.filter(named).first()
    if campaign is not None:
        return Reference(campaign.slug, campaign=campaign)
    return Reference(upper) if agreements_public().filter(code=upper).exists() else None


def complaint_by_code(code: str) -> Complaint | None:
    """Return a complaint by the code its author was given."""
    return Complaint.objects.prefetch_related("replies").filter(code=code.upper()).first()


def replies_to(complaint: Complaint) -> QuerySet[ComplaintReply]:
    """Return what was answered, oldest first."""
    return complaint.replies.all()


def complaints_in_reach(user: Person) -> QuerySet[Complaint]:
    """Return what the person may read: an auditor all, others what they may settle."""
    rows = Complaint.objects.select_related(
        "need__village__region__parent", "donation", "campaign", "closed_by"
    )
    held = set(assignments_of(user).values_list("role", flat=True))
    if Role.AUDITOR in held:
        return rows
    return rows.filter(_settled_by(user, held))


def _settled_by(user: Person, held: set[str]) -> Q:
    mine = Q(pk__in=[])
    for about, roles in HANDLERS.items():
        for role in held.intersection(roles):
            if role == Role.FUND_OFFICER:
                mine |= Q(about=about)
                continue
            here = within(regions_of(user, [Role(role)]), "need__village__region__code")
            # Without a place it belongs to every county.
            anywhere = Q(need__isnull=True) if role == Role.COUNTY_APPROVER else Q(pk__in=[])
            mine |= Q(about=about) & (here | anywhere)
    return mine


def complaints_waiting(user: Person) -> QuerySet[Complaint]:
    """Return the unsettled ones, soonest due first."""
    rows = complaints_in_reach(user).exclude(status=ComplaintStatus.CLOSED)
    return rows.order_by("due_on", "pk")


def complaints_closed(user: Person) -> QuerySet[Complaint]:
    """Return the settled ones, latest first."""
    rows = complaints_in_reach(user).filter(status=ComplaintStatus.CLOSED)
    return rows.order_by("-closed_at")


def complaint_to_read(user: User, code: str) -> Complaint | None:
    """Return one of those in reach, with its replies."""
    return complaints_in_reach(user).prefetch_related("replies__actor").filter(code=code).first()


@dataclass(frozen=True, slots=True)
class ComplaintFigures:
    """How complaints are dealt with, for anybody."""

    received: int
    answered_in_time: int
    open: int
    overdue: int


def complaint_figures() -> ComplaintFigures:
    """Count all complaints ever; one query."""
    open_now = Q(status=ComplaintStatus.OPEN)
    counts = Complaint.objects.aggregate(
        received=Count("pk"),
        answered_in_time=Count(
            "pk", filter=Q(answered_at__isnull=False, answered_at__date__lte=F("due_on"))
        ),
        open=Count("pk", filter=open_now),
        overdue=Count("pk", filter=open_now & Q(due_on__lt=clock.today())),
    )
    return ComplaintFigures(**counts)
