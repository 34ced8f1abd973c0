"""Money of a pairing agreement: a bank line recorded by one, confirmed by another, booked."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import audit, clock
from core.accounts.models import User
from core.changes import announce
from core.money import Money
from core.two_people.services import decide, propose
from core.two_people.states import ProposalStatus
from donations import chart
from donations.books.services.posting import credit, debit, post
from donations.exceptions import InstalmentRefusedError
from donations.models import Instalment
from donations.states import EntryKind
from matching.models import Milestone, PairingAgreement
from matching.registry import policies
from matching.states import Role


@transaction.atomic
def instalment_record(
    *,
    actor: User,
    milestone_id: int,
    amount: Money,
    bank_reference: str,
    received_on: date,
) -> Instalment:
    """Record a bank line for a step of a signed agreement; it counts once confirmed.

    The same line recorded again by the same person is returned unchanged.

    Raises:
        RoleMissingError: not a fund officer.
        InstalmentRefusedError: a bank line recorded otherwise, an agreement not signed, or an
            amount or date that cannot be. Nothing was saved.
    """
    policies.require(actor, Role.FUND_OFFICER)
    milestone = Milestone.objects.select_related("agreement").get(pk=milestone_id)
    reference = bank_reference.strip()
    first = (
        Instalment.objects.filter(bank_reference=reference)
        .exclude(status=ProposalStatus.REFUSED)
        .first()
    )
    if first is not None:
        return _same(first, actor, milestone, amount)
    _check(milestone, amount, reference, received_on)
    try:
        with transaction.atomic():
            instalment = propose(
                model=Instalment,
                actor=actor,
                milestone=milestone,
                amount_minor=amount.minor,
                currency=amount.currency,
                bank_reference=reference,
                received_on=received_on,
            )
    except IntegrityError as error:
        raise InstalmentRefusedError(_taken()) from error
    _record(instalment, actor, "instalment.recorded")
    return instalment


def _taken() -> str:
    return _("这个银行流水号已登记过。请核对银行回单。")


def _same(first: Instalment, actor: User, milestone: Milestone, amount: Money) -> Instalment:
    if (first.proposed_by_id, first.milestone_id, first.amount) == (
        actor.pk,
        milestone.pk,
        amount,
    ):
        return first
    raise InstalmentRefusedError(_taken())


def _check(milestone: Milestone, amount: Money, reference: str, received_on: date) -> None:
    if milestone.agreement.signed_on is None:
        raise InstalmentRefusedError(_("协议还没有签订，不能登记到账。"))
    if amount.minor <= 0 or amount.currency != milestone.agreement.currency:
        raise InstalmentRefusedError(_("请填写大于零的金额。"))
    if not reference:
        raise InstalmentRefusedError(_("请填写银行流水号。"))
    if received_on > clock.today():
        raise InstalmentRefusedError(_("到账日期不能晚于今天。"))


@transaction.atomic
def instalment_confirm(*, instalment_id: int, actor: User) -> Instalment:
    """Confirm a recorded bank line and book it once; only now it has arrived.

    Confirmed already by the same person: returned unchanged.

    Raises:
        RoleMissingError, SamePersonError: not a fund officer, or the one who recorded it;
            superusers are no exception.
        AlreadyDecidedError: decided otherwise already.
    """
    instalment, agreement = _locked(instalment_id, actor)
    if not decide(proposal=instalment, actor=actor, to=ProposalStatus.CONFIRMED):
        return instalment
    post(
        key=f"instalment:{instalment.pk}",
        kind=EntryKind.INSTALMENT,
        memo=f"结对款到账 {agreement.code}",
        legs=[
            debit(chart.BANK, instalment.amount),
            credit(chart.fund_of(agreement.purpose), instalment.amount),
        ],
        purpose=agreement.purpose,
    )
    _record(instalment, actor, "instalment.confirmed")
    announce(PairingAgreement, agreement.pk)
    return instalment


@transaction.atomic
def instalment_refuse(*, instalment_id: int, actor: User, reason: str) -> Instalment:
    """Turn a recorded line down with a reason; the line may be recorded again, rightly.

    Raises:
        RoleMissingError, SamePersonError: not a fund officer, or the one who recorded it.
        AlreadyDecidedError, ReasonMissingError: decided otherwise, or no reason given.
    """
    instalment, _agreement = _locked(instalment_id, actor)
    if decide(proposal=instalment, actor=actor, to=ProposalStatus.REFUSED, reason=reason):
        _record(instalment, actor, "instalment.refused")
    return instalment


def _locked(instalment_id: int, actor: User) -> tuple[Instalment, PairingAgreement]:
    """Lock the agreement, then the row."""
    policies.require(actor, Role.FUND_OFFICER)
    agreement_id = Instalment.objects.values_list("milestone__agreement_id", flat=True).get(
        pk=instalment_id
    )
    agreement = PairingAgreement.objects.select_for_update(no_key=True).get(pk=agreement_id)
    return Instalment.objects.select_for_update(no_key=True).get(pk=instalment_id), agreement


def _record(instalment: Instalment, actor: User, action: str) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_label="donations.instalment",
        object_ref=str(instalment.pk),
        amount_minor=instalment.amount_minor,
        bank_reference=instalment.bank_reference,
    )
