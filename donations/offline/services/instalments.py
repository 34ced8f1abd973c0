"""Money of a pairing agreement: a bank line recorded by one, confirmed by another, booked."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import audit, clock
from core.accounts.models import User
from core.changes import announce
from core.money import Money
from donations import chart
from donations.books.services.posting import credit, debit, post
from donations.exceptions import FourEyesError, PayoutRefusedError
from donations.models import Instalment
from donations.states import EntryKind, InstalmentStatus
from matching.models import Milestone, PairingAgreement
from matching.registry import policies
from matching.states import Role

I = InstalmentStatus  # noqa: E741 as S, A and M for the other state tables


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
        NotYourStepError: not a fund officer.
        PayoutRefusedError: a bank line recorded otherwise, an agreement not signed, or an
            amount or date that cannot be. Nothing was saved.
    """
    policies.require(actor, Role.FUND_OFFICER)
    milestone = Milestone.objects.select_related("agreement").get(pk=milestone_id)
    reference = bank_reference.strip()
    first = Instalment.objects.filter(bank_reference=reference).exclude(status=I.REFUSED).first()
    if first is not None:
        return _same(first, actor, milestone, amount)
    _check(milestone, amount, reference, received_on)
    try:
        with transaction.atomic():
            instalment = Instalment.objects.create(
                milestone=milestone,
                amount_minor=amount.minor,
                currency=amount.currency,
                bank_reference=reference,
                received_on=received_on,
                recorded_by=actor,
            )
    except IntegrityError as error:
        raise PayoutRefusedError(_taken()) from error
    _record(instalment, actor, "instalment.recorded")
    return instalment


def _taken() -> str:
    return _("这个银行流水号已登记过。请核对银行回单。")


def _same(first: Instalment, actor: User, milestone: Milestone, amount: Money) -> Instalment:
    if (first.recorded_by_id, first.milestone_id, first.amount) == (
        actor.pk,
        milestone.pk,
        amount,
    ):
        return first
    raise PayoutRefusedError(_taken())


def _check(milestone: Milestone, amount: Money, reference: str, received_on: date) -> None:
    if milestone.agreement.signed_on is None:
        raise PayoutRefusedError(_("协议还没有签订，不能登记到账。"))
    if amount.minor <= 0 or amount.currency != milestone.agreement.currency:
        raise PayoutRefusedError(_("请填写大于零的金额。"))
    if not reference:
        raise PayoutRefusedError(_("请填写银行流水号。"))
    if received_on > clock.today():
        raise PayoutRefusedError(_("到账日期不能晚于今天。"))


@transaction.atomic
def instalment_confirm(*, instalment_id: int, actor: User) -> Instalment:
    """Confirm a recorded bank line and book it once; only now it has arrived.

    Confirmed already by the same person: returned unchanged.

    Raises:
        NotYourStepError, FourEyesError: not a fund officer, or the one who recorded it;
            superusers are no exception.
        PayoutRefusedError: decided otherwise already.
    """
    instalment, agreement = _for_decision(instalment_id, actor)
    if instalment.status == I.CONFIRMED and instalment.decided_by_id == actor.pk:
        return instalment
    _check_waiting(instalment)
    _decide(instalment, actor, I.CONFIRMED)
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
        NotYourStepError, FourEyesError: not a fund officer, or the one who recorded it.
        PayoutRefusedError: decided otherwise already, or no reason given.
    """
    instalment, _agreement = _for_decision(instalment_id, actor)
    if instalment.status == I.REFUSED and instalment.decided_by_id == actor.pk:
        return instalment
    _check_waiting(instalment)
    if not reason.strip():
        raise PayoutRefusedError(_("请填写驳回理由。"))
    instalment.refusal_reason = reason.strip()
    _decide(instalment, actor, I.REFUSED)
    _record(instalment, actor, "instalment.refused")
    return instalment


def _for_decision(instalment_id: int, actor: User) -> tuple[Instalment, PairingAgreement]:
    """Lock the agreement, then the row; refuse whoever recorded it."""
    policies.require(actor, Role.FUND_OFFICER)
    agreement_id = Instalment.objects.values_list("milestone__agreement_id", flat=True).get(
        pk=instalment_id
    )
    agreement = PairingAgreement.objects.select_for_update(no_key=True).get(pk=agreement_id)
    instalment = Instalment.objects.select_for_update(no_key=True).get(pk=instalment_id)
    if instalment.recorded_by_id == actor.pk:
        raise FourEyesError(_("这笔到账是您登记的，要由另一位资金专员复核。"))
    return instalment, agreement


def _check_waiting(instalment: Instalment) -> None:
    if instalment.status != I.RECORDED:
        raise PayoutRefusedError(
            _("这笔到账现在是“%(status)s”，不能再处理。")
            % {"status": instalment.get_status_display()}
        )


def _decide(instalment: Instalment, actor: User, status: InstalmentStatus) -> None:
    instalment.status = status
    instalment.decided_by, instalment.decided_at = actor, clock.now()
    instalment.save()


def _record(instalment: Instalment, actor: User, action: str) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_label="donations.instalment",
        object_ref=str(instalment.pk),
        amount_minor=instalment.amount_minor,
        bank_reference=instalment.bank_reference,
    )
