"""What money is paid out of: a need or a signed agreement, as a proposal is judged by it."""

from dataclasses import dataclass

from matching.models import Need, PairingAgreement
from matching.purpose import Purpose
from matching.states import AgreementStatus, NeedStatus

# A paused need's money still reaches its household.
PAYABLE = (NeedStatus.FUNDED, NeedStatus.PUBLISHED, NeedStatus.PAUSED)


@dataclass(frozen=True, slots=True)
class PayoutSource:
    """A purpose as it stands where money is paid out of it.

    Only a need takes gifts: ``is_met`` says that its target is reached, ``can_end`` that a
    last payment would keep gifts from it, ``awaits_gifts`` that some are on their way. All
    are False of an agreement. ``household_id`` is whom a public text must not name; None
    where there is no household.
    """

    purpose: Purpose
    label: str
    place: str
    status: str
    is_payable: bool
    is_met: bool = False
    can_end: bool = False
    awaits_gifts: bool = False
    household_id: int | None = None


def source_of_need(need: Need) -> PayoutSource:
    """Return a need as something to pay out of."""
    return PayoutSource(
        purpose=need.purpose,
        label=need.label,
        place=need.village.place,
        status=need.get_status_display(),
        is_payable=need.status in PAYABLE,
        is_met=need.status == NeedStatus.FUNDED,
        can_end=need.collected_minor != need.target_minor,
        awaits_gifts=need.committed_minor != need.collected_minor,
        household_id=need.household_id,
    )


def source_of_agreement(agreement: PairingAgreement) -> PayoutSource:
    """Return an agreement as something to pay out of."""
    return PayoutSource(
        purpose=agreement.purpose,
        label=agreement.label,
        place=agreement.village.place,
        status=agreement.get_status_display(),
        is_payable=agreement.status != AgreementStatus.PROPOSED and agreement.signed_on is not None,
    )


def source_by_code(code: str) -> PayoutSource | None:
    """Return the need or signed agreement that money may be paid out of."""
    need = Need.objects.for_cards().filter(code=code).first()
    if need is not None:
        return source_of_need(need)
    signed = PairingAgreement.objects.filter(signed_on__isnull=False)
    agreement = signed.select_related("village__region__parent").filter(code=code).first()
    return source_of_agreement(agreement) if agreement else None
