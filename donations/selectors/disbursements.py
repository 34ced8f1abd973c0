"""What stands on a purpose's account, and what of it is spoken for."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from core.money import Money
from donations.models import Disbursement, Posting
from donations.states import DisbursementStatus
from matching.models import Need, PairingAgreement
from matching.states import NeedStatus

# As `donations.ledger.accounts` writes them; a test holds the two together.
NEED_FUND = "funds:need:"
PAIRING_FUND = "funds:pairing:"
# A paused need's money still reaches its household.
PAYABLE = (NeedStatus.FUNDED, NeedStatus.PUBLISHED, NeedStatus.PAUSED)
SPOKEN_FOR = (DisbursementStatus.PROPOSED, DisbursementStatus.PAID)


@dataclass(frozen=True, slots=True)
class Standing:
    """A purpose's money: what its ledger account holds, and the proposals waiting on it."""

    held: Money
    pending: Money

    @property
    def available(self) -> Money:
        """What may still be proposed."""
        return self.held - self.pending


def balances(codes: Iterable[str]) -> dict[str, int]:
    """Return what accounts hold in minor units, credit counted positive; in one query."""
    rows = Posting.objects.filter(account__code__in=list(codes)).values_list("account__code")
    return {code: -total for code, total in rows.annotate(total=Sum("amount_minor")).order_by()}


def fund_code(purpose: Need | PairingAgreement) -> str:
    """Return the ledger account that holds a purpose's money."""
    prefix = NEED_FUND if isinstance(purpose, Need) else PAIRING_FUND
    return f"{prefix}{purpose.code}"


def standing(purpose: Need | PairingAgreement) -> Standing:
    """Return where one purpose's money stands. Exact only under the purpose's row lock."""
    code = fund_code(purpose)
    waiting = purpose.disbursements.filter(status=DisbursementStatus.PROPOSED)
    pending = waiting.aggregate(total=Sum("amount_minor"))["total"] or 0
    held = balances([code]).get(code, 0)
    return Standing(Money(held, purpose.currency), Money(pending, purpose.currency))


def purpose_by_code(code: str) -> Need | PairingAgreement | None:
    """Return the need or signed agreement that money may be paid out of."""
    need = Need.objects.for_cards().filter(code=code).first()
    if need is not None:
        return need
    signed = PairingAgreement.objects.filter(signed_on__isnull=False)
    return (
        signed.select_related("organisation", "village__region__parent").filter(code=code).first()
    )


def needs_to_pay() -> QuerySet[Need]:
    """Return needs with arrived money that nobody has proposed to pay out, funded ones first.

    ``unpaid_minor`` is what arrived less what is paid or proposed; `aixin check` proves
    that it is what the ledger holds.
    """
    spoken = (
        Disbursement.objects.filter(need=OuterRef("pk"), status__in=SPOKEN_FOR)
        .order_by()
        .values("need")
        .annotate(total=Sum("amount_minor"))
        .values("total")
    )
    return (
        Need.objects.filter(status__in=PAYABLE, collected_minor__gt=0)
        .annotate(unpaid_minor=F("collected_minor") - Coalesce(Subquery(spoken), Value(0)))
        .filter(unpaid_minor__gt=0)
        .select_related("village__region__parent")
        # "funded" sorts before "paused" and "published".
        .order_by("status", "published_at", "pk")
    )


def disbursements_waiting(*, exclude_proposer_id: int | None = None) -> QuerySet[Disbursement]:
    """Return proposals that wait for a decision, oldest first; not those of one person."""
    waiting = _joined().filter(status=DisbursementStatus.PROPOSED).order_by("pk")
    return waiting.exclude(proposed_by_id=exclude_proposer_id) if exclude_proposer_id else waiting


def disbursements_decided() -> QuerySet[Disbursement]:
    """Return what was paid or refused, newest first."""
    return _joined().filter(~Q(status=DisbursementStatus.PROPOSED)).order_by("-decided_at", "-pk")


def disbursement_by_code(code: str) -> Disbursement | None:
    """Return one disbursement with its purpose and people."""
    return _joined().filter(code=code).first()


def _joined() -> QuerySet[Disbursement]:
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
