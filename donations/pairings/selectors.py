"""Promised, arrived and spent under pairing agreements: three numbers, never added."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from core.money import Money
from core.two_people.states import ProposalStatus
from donations.books.selectors.figures import COUNTED, PAID_OUT, PAIRED
from donations.models import Disbursement, Instalment, Posting
from donations.states import AccountKind
from matching.models import PairingAgreement


@dataclass(frozen=True, slots=True)
class PairingFigures:
    """An agreement's three numbers; arrived and spent are the ledger's."""

    promised: Money
    arrived: Money
    spent: Money

    @property
    def held(self) -> Money:
        """What arrived and is not spent yet."""
        return self.arrived - self.spent


def figures_of(agreements: Iterable[PairingAgreement]) -> dict[int, PairingFigures]:
    """Return each agreement's figures by its key; one query however many there are."""
    rows = list(agreements)
    legs = Posting.objects.filter(
        entry__agreement__in=[row.pk for row in rows], account__kind=AccountKind.FUND
    )
    sums = {
        pk: (-(arrived or 0), spent or 0)
        for pk, arrived, spent in legs.annotate(counted=COUNTED)
        .order_by()
        .values_list("entry__agreement")
        .annotate(
            arrived=Sum("amount_minor", filter=Q(counted__in=PAIRED)),
            spent=Sum("amount_minor", filter=Q(counted__in=PAID_OUT)),
        )
    }
    return {row.pk: _figures(row, *sums.get(row.pk, (0, 0))) for row in rows}


def _figures(agreement: PairingAgreement, arrived: int, spent: int) -> PairingFigures:
    currency = agreement.currency
    return PairingFigures(agreement.promised, Money(arrived, currency), Money(spent, currency))


def pairing_figures(agreement: PairingAgreement) -> PairingFigures:
    """Return one agreement's figures."""
    return figures_of([agreement])[agreement.pk]


def arrived_by_milestone(agreement: PairingAgreement) -> dict[int, int]:
    """Return the confirmed minor units that were tied to each step."""
    rows = Instalment.objects.filter(
        milestone__agreement=agreement, status=ProposalStatus.CONFIRMED
    )
    return dict(rows.order_by().values_list("milestone").annotate(total=Sum("amount_minor")))


def instalments_arrived(agreement: PairingAgreement) -> QuerySet[Instalment]:
    """Return the confirmed instalments of an agreement, oldest first."""
    rows = Instalment.objects.filter(
        milestone__agreement=agreement, status=ProposalStatus.CONFIRMED
    )
    return rows.select_related("milestone").order_by("received_on", "pk")


def spendings(agreement: PairingAgreement) -> QuerySet[Disbursement]:
    """Return what was paid out under an agreement, oldest first."""
    return agreement.disbursements.filter(status=ProposalStatus.CONFIRMED).order_by(
        "decided_at", "pk"
    )
