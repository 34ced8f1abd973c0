"""Disbursements: what may be paid out, what waits, what was decided."""

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from core.accounts.models import User
from core.two_people.models import ProposalQuerySet
from core.two_people.states import ProposalStatus
from donations.books.selectors.standing import BOTH
from donations.models import Disbursement, Dispute, Refund
from donations.payouts.selectors.sources import PAYABLE
from donations.states import DisputeStatus, RefundStatus
from matching.models import Need

SPOKEN_FOR = (ProposalStatus.PROPOSED, ProposalStatus.CONFIRMED)


def needs_to_pay() -> QuerySet[Need]:
    """Return needs with arrived money that nobody has proposed to pay out, funded ones first.

    ``unpaid_minor`` is what arrived less what is paid, proposed or set aside; `aixin
    check` proves that what arrived less what is paid is what the ledger holds.
    """
    spoken = (
        Disbursement.objects.filter(need=OuterRef("pk"), status__in=SPOKEN_FOR)
        .order_by()
        .values("need")
        .annotate(total=Sum("amount_minor"))
        .values("total")
    )
    refunds = _aside(Refund, "donation__need", status=RefundStatus.RESERVED)
    disputes = _aside(Dispute, "payment__donation__need", status=DisputeStatus.OPEN)
    return (
        Need.objects.filter(status__in=PAYABLE, collected_minor__gt=0)
        .annotate(
            unpaid_minor=F("collected_minor")
            - Coalesce(Subquery(spoken), Value(0))
            - Coalesce(refunds, Value(0))
            - Coalesce(disputes, Value(0))
        )
        .filter(unpaid_minor__gt=0)
        .select_related("village__region__parent")
        # "funded" sorts before "paused" and "published".
        .order_by("status", "published_at", "pk")
    )


def _aside(model: type[Refund] | type[Dispute], path: str, **which: str) -> Subquery:
    rows = model.objects.filter(**{path: OuterRef("pk")}, **which).order_by().values(path)
    return Subquery(rows.annotate(total=BOTH).values("total"))


def disbursements_waiting() -> ProposalQuerySet[Disbursement]:
    """Return proposals that wait for a decision, oldest first."""
    return _joined().waiting().order_by("pk")


def disbursements_proposed_by(user: User) -> QuerySet[Disbursement]:
    """Return a person's own proposals that wait for somebody else's decision, oldest first."""
    return disbursements_waiting().filter(proposed_by=user)


def disbursements_decided() -> ProposalQuerySet[Disbursement]:
    """Return what was paid or refused, newest first."""
    return _joined().over().order_by("-decided_at", "-pk")


def disbursement_by_code(code: str) -> Disbursement | None:
    """Return one disbursement with its purpose and people."""
    return _joined().filter(code=code).first()


def _joined() -> ProposalQuerySet[Disbursement]:
    return Disbursement.objects.select_related(
        "need__village__region__parent",
        "agreement__village__region__parent",
        "agreement__organisation",
        "proposed_by",
        "decided_by",
    )


def masked_account(payee: str) -> str:
    """Return a payee's account with nothing but its last four digits to be read."""
    digits = "".join(character for character in payee if character.isdecimal())
    return f"•••• {digits[-4:]}" if len(digits) >= 8 else "••••"
