"""What stands on a purpose's account, and what of it is spoken for."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Sum

from core.money import Money
from donations.chart import fund_of
from donations.models import Disbursement, Dispute, Posting, Refund
from donations.states import DisputeStatus, RefundStatus
from matching.purpose import Purpose

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


def held_minor(purpose: Purpose) -> int:
    """Return what a purpose's account holds."""
    account = fund_of(purpose)
    return balances([account]).get(account, 0)


def standing(purpose: Purpose) -> Standing:
    """Return where one purpose's money stands. Exact only under the purpose's row lock."""
    waiting = Disbursement.objects.waiting().filter(
        need=purpose.need_id, agreement=purpose.agreement_id
    )
    pending = waiting.aggregate(total=Sum("amount_minor"))["total"] or 0
    return Standing(
        Money(held_minor(purpose), purpose.currency),
        Money(pending, purpose.currency),
        Money(set_aside_minor(purpose), purpose.currency),
    )


def set_aside_minor(purpose: Purpose) -> int:
    """Return what of a need's money is promised back to donors or disputed, match included.

    0 for anything but a need: of nothing else is money set aside.
    """
    if purpose.need_id is None:
        return 0
    disputes = Dispute.objects.filter(
        payment__donation__need=purpose.need_id, status=DisputeStatus.OPEN
    )
    return refunds_reserved_minor(purpose) + (disputes.aggregate(total=BOTH)["total"] or 0)


def refunds_reserved_minor(purpose: Purpose) -> int:
    """Return what of a need's money is on its way back to donors, match included; 0 otherwise."""
    if purpose.need_id is None:
        return 0
    refunds = Refund.objects.filter(donation__need=purpose.need_id, status=RefundStatus.RESERVED)
    return refunds.aggregate(total=BOTH)["total"] or 0
