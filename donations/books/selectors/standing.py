"""What stands on a purpose's account, and what of it is spoken for."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Sum

from core.money import Money
from donations.models import Dispute, Posting, Refund
from donations.states import DisbursementStatus, DisputeStatus, RefundStatus
from matching.models import Need, PairingAgreement

# As `donations.chart` writes them; a test holds the two together.
NEED_FUND = "funds:need:"


PAIRING_FUND = "funds:pairing:"


BOTH = Sum(F("amount_minor") + F("match_minor"))


@dataclass(frozen=True, slots=True)
class Standing:
    """A purpose's money: what its ledger account holds, and what of it is spoken for.

    ``pending`` is proposed to be paid out; ``set_aside`` goes back to donors (refunds on
    their way) or may have to (open disputes), with the match that goes with it.
    """

    held: Money
    pending: Money
    set_aside: Money

    @property
    def free(self) -> Money:
        """What may be paid out at all."""
        return self.held - self.set_aside

    @property
    def available(self) -> Money:
        """What may still be proposed."""
        return self.free - self.pending


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
    aside = set_aside_minor(purpose) if isinstance(purpose, Need) else 0
    return Standing(
        Money(held, purpose.currency),
        Money(pending, purpose.currency),
        Money(aside, purpose.currency),
    )


def set_aside_minor(need: Need) -> int:
    """Return what of a need's money is promised back to donors or disputed, match included."""
    disputes = Dispute.objects.filter(payment__donation__need=need, status=DisputeStatus.OPEN)
    return refunds_reserved_minor(need) + (disputes.aggregate(total=BOTH)["total"] or 0)


def refunds_reserved_minor(need: Need) -> int:
    """Return what of a need's money is on its way back to donors, match included."""
    refunds = Refund.objects.filter(donation__need=need, status=RefundStatus.RESERVED)
    return refunds.aggregate(total=BOTH)["total"] or 0
