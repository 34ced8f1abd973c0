"""What waits on the money desk."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet

from core import clock
from core.accounts.models import User
from donations.models import Dispute, GoodsGift, Instalment, Payment, Refund, StripeEvent
from donations.selectors.disbursements import disbursements_waiting, needs_to_pay
from donations.states import (
    DisputeStatus,
    EventStatus,
    HeldProblem,
    InstalmentStatus,
    RefundStatus,
)
from matching.models import PairingAgreement

# An event not worked off by then needs a person.
STUCK_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class DeskCounts:
    """How many of each wait, for the tabs."""

    payouts: int
    proposals: int
    pairings: int
    instalments: int
    goods: int
    events: int
    disputes: int


def desk_counts(user: User) -> DeskCounts:
    """Return what waits; proposals and records of one's own wait for somebody else."""
    return DeskCounts(
        payouts=needs_to_pay().count(),
        proposals=disbursements_waiting(exclude_proposer_id=user.pk).count(),
        pairings=agreements_with_account().count(),
        instalments=instalments_waiting().exclude(recorded_by=user).count(),
        goods=goods_waiting().exclude(recorded_by=user).count(),
        events=events_held().count(),
        disputes=Dispute.objects.filter(status=DisputeStatus.OPEN).count(),
    )


def agreements_with_account() -> QuerySet[PairingAgreement]:
    """Return signed agreements; those in force first."""
    rows = PairingAgreement.objects.filter(signed_on__isnull=False)
    return rows.select_related("organisation", "village__region").order_by("status", "-pk")


def instalments_waiting() -> QuerySet[Instalment]:
    """Return recorded bank lines that nobody has decided on, oldest first."""
    return _instalments().filter(status=InstalmentStatus.RECORDED).order_by("pk")


def instalments_decided() -> QuerySet[Instalment]:
    """Return confirmed and refused bank lines, newest first."""
    rows = _instalments().exclude(status=InstalmentStatus.RECORDED)
    return rows.order_by("-decided_at", "-pk")


def _instalments() -> QuerySet[Instalment]:
    return Instalment.objects.select_related(
        "milestone__agreement__organisation",
        "milestone__agreement__village__region",
        "recorded_by",
        "decided_by",
    )


def instalment_by_id(pk: int) -> Instalment | None:
    """Return one bank line with its agreement and people."""
    return _instalments().filter(pk=pk).first()


def goods_waiting() -> QuerySet[GoodsGift]:
    """Return recorded goods that nobody has decided on, oldest first."""
    return _goods().filter(confirmed_by__isnull=True, refused_by__isnull=True).order_by("pk")


def goods_decided() -> QuerySet[GoodsGift]:
    """Return confirmed and refused goods, newest first."""
    waiting = goods_waiting().values("pk")
    return _goods().exclude(pk__in=waiting).order_by("-pk")


def _goods() -> QuerySet[GoodsGift]:
    return GoodsGift.objects.select_related(
        "campaign", "village__region__parent", "recorded_by", "confirmed_by", "refused_by"
    )


def goods_by_code(code: str) -> GoodsGift | None:
    """Return one record of goods with its campaign and people."""
    return _goods().filter(code=code).first()


def events_held() -> QuerySet[StripeEvent]:
    """Return webhook events that a person has to look at, newest first.

    Held ones, and those that were received a while ago and still not worked off.
    """
    stuck = Q(status=EventStatus.RECEIVED, received_at__lt=clock.now() - STUCK_AFTER)
    rows = StripeEvent.objects.filter(Q(status=EventStatus.HELD) | stuck)
    return rows.prefetch_related("settlements").order_by("-created", "pk")


def events_settled() -> QuerySet[StripeEvent]:
    """Return those that a person settled, newest first."""
    rows = StripeEvent.objects.filter(status=EventStatus.SETTLED)
    return rows.prefetch_related("settlements__decided_by").order_by("-processed_at", "pk")


def event_problem(event: StripeEvent) -> HeldProblem:
    """Return what is wrong with an event; one without a word was never worked off."""
    return HeldProblem(event.problem) if event.problem else HeldProblem.STUCK


def payment_of_event(event: StripeEvent) -> Payment | None:
    """Return the attempt that an event speaks of, if it is one of ours."""
    if not event.object_id:
        return None
    named = (
        Q(session_id=event.object_id)
        | Q(intent_id=event.object_id)
        | Q(disputes__pk=event.object_id)
    )
    found = Payment.objects.filter(named).select_related(
        "donation__need", "donation__campaign", "donation__receipt"
    )
    return found.first()


def disputes() -> QuerySet[Dispute]:
    """Return payers' disputes, open ones first, then the latest."""
    rows = Dispute.objects.select_related(
        "payment__donation__need", "payment__donation__campaign", "payment__donation__receipt"
    )
    # "open" sorts between "lost" and "won".
    return rows.annotate(is_over=~Q(status=DisputeStatus.OPEN)).order_by("is_over", "-opened_at")


def refunds_waiting() -> QuerySet[Refund]:
    """Return refunds that wait for the provider's answer, oldest first."""
    rows = Refund.objects.filter(status=RefundStatus.RESERVED)
    return rows.select_related("donation__receipt", "donation__need").order_by("pk")
