"""Paying out: proposed by one fund officer, approved against a bank line by another, booked."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import audit, codes
from core.accounts.models import User
from core.changes import announce
from core.exceptions import AlreadyDecidedError
from core.money import Money
from core.two_people.services import awaits_decision, decide, propose, require_form_unused
from core.two_people.states import ProposalStatus
from donations import chart
from donations.books.selectors.standing import Standing, held_minor, standing
from donations.books.services.posting import credit, debit, post
from donations.exceptions import PayoutRefusedError
from donations.models import Disbursement
from donations.payouts.selectors.sources import (
    PayoutSource,
    source_of_agreement,
    source_of_need,
)
from donations.states import EntryKind
from matching.models import Need, PairingAgreement
from matching.needs.services.funding import need_mark_disbursed
from matching.needs.services.transitions import need_locked
from matching.purpose import Purpose
from matching.registry import policies
from matching.registry.selectors.households import text_identifies
from matching.states import Role

LABEL = "donations.disbursement"


@transaction.atomic
def disbursement_propose(
    *,
    actor: User,
    amount: Money,
    payee_kind: str,
    payee: str,
    note: str,
    need_id: int | None = None,
    agreement_id: int | None = None,
    is_final: bool = False,
    code: str = "",
) -> Disbursement:
    """Propose to pay ``amount`` out of a need's or an agreement's money.

    The purpose's row stays locked, so proposals made at once never exceed together what
    its ledger account holds. ``code`` comes from the form: the same form sent again
    returns its first proposal. ``note`` is read by strangers.

    Raises:
        RoleMissingError: not a fund officer.
        FormReusedError: the code stands for another proposal.
        PayoutRefusedError: more than is there, nothing to pay out of, or a note that
            would identify somebody. Nothing has changed.
    """
    policies.require(actor, Role.FUND_OFFICER)
    source = _source_locked(need_id, agreement_id)
    code = code or codes.payout_code()
    first = Disbursement.objects.filter(code=code).first()
    if first is not None:
        same = first.amount == amount and (first.need_id, first.agreement_id) == (
            need_id,
            agreement_id,
        )
        require_form_unused(first=first, actor=actor, same=same)
        return first
    # An agreement goes on until it ends; only a need has a last payment.
    is_final = is_final and need_id is not None
    _check_payable(source)
    _check_amount(source, amount, is_final=is_final)
    _check_note(source, note)
    payout = propose(
        model=Disbursement,
        actor=actor,
        code=code,
        need_id=need_id,
        agreement_id=agreement_id,
        amount_minor=amount.minor,
        currency=amount.currency,
        payee_kind=payee_kind,
        payee=payee.strip(),
        note=note.strip(),
        is_final=is_final,
    )
    _record(payout, actor, "disbursement.proposed", amount_minor=amount.minor)
    return payout


def _source_locked(need_id: int | None, agreement_id: int | None) -> PayoutSource:
    if need_id is not None and agreement_id is None:
        return source_of_need(need_locked(need_id=need_id))
    if agreement_id is None or need_id is not None:
        raise ValueError("a disbursement is for one need or one agreement")
    return source_of_agreement(
        PairingAgreement.objects.select_for_update(no_key=True).get(pk=agreement_id)
    )


def _check_payable(source: PayoutSource) -> None:
    if not source.is_payable:
        raise PayoutRefusedError(_("“%(status)s”状态下不能拨付。") % {"status": source.status})


def _check_amount(source: PayoutSource, amount: Money, *, is_final: bool) -> None:
    if amount.minor <= 0 or amount.currency != source.purpose.currency:
        raise PayoutRefusedError(_("请填写大于零的金额。"))
    there = standing(source.purpose)
    if there.available < amount:
        raise PayoutRefusedError(_available_words(there))
    if is_final:
        _check_final(source, there.held, amount)


def _available_words(there: Standing) -> str:
    figures = {
        "held": there.held,
        "pending": there.pending,
        "aside": there.set_aside,
        "available": there.available,
    }
    if not there.set_aside:
        text = _("账上 %(held)s，待复核的拨付 %(pending)s，最多还能拨付 %(available)s。")
    else:
        text = _(
            "账上 %(held)s，待复核的拨付 %(pending)s，"
            "退款或争议冻结 %(aside)s，最多还能拨付 %(available)s。"
        )
    return text % figures


def _check_final(source: PayoutSource, held: Money, amount: Money) -> None:
    """The last payment empties the account and leaves no gift on its way."""
    if amount != held:
        raise PayoutRefusedError(
            _("最后一笔要拨付账上的全部 %(held)s，并且没有其他待复核的拨付。") % {"held": held}
        )
    if source.awaits_gifts:
        raise PayoutRefusedError(_("还有捐赠正在付款，暂时不能作为最后一笔。请半小时后再试。"))


def _check_note(source: PayoutSource, note: str) -> None:
    if not note.strip():
        raise PayoutRefusedError(_("请填写用途说明。"))
    if text_identifies(text=note, household_id=source.household_id):
        raise PayoutRefusedError(
            _("用途说明会公开，不能出现姓名、电话、证件号或账号。请改写后再提交。")
        )


@transaction.atomic
def disbursement_approve(*, disbursement_id: int, actor: User, bank_reference: str) -> Disbursement:
    """Confirm that a proposal was paid, against its bank line, and book it once.

    The same approval again returns the disbursement unchanged. A need whose money is all
    paid out moves to disbursed.

    Raises:
        RoleMissingError, SamePersonError: not a fund officer, or the one who proposed it;
            superusers are no exception.
        AlreadyDecidedError: decided otherwise already, or against another bank line.
        PayoutRefusedError: a bank line used before, or money that was refunded
            meanwhile. Nothing has changed.
    """
    policies.require(actor, Role.FUND_OFFICER)
    payout, source = _locked(disbursement_id)
    reference = bank_reference.strip()
    if not awaits_decision(proposal=payout, actor=actor, to=ProposalStatus.CONFIRMED):
        if payout.bank_reference != reference:
            raise AlreadyDecidedError(_("这笔拨付已按另一个银行流水号入账。请核对银行回单。"))
        return payout
    _check_payable_now(payout, source)
    if not reference:
        raise PayoutRefusedError(_("请填写银行流水号。"))
    _confirm(payout, actor, reference)
    _announce(payout)
    _book(payout, source.purpose)
    _record(payout, actor, "disbursement.approved", bank_reference=reference)
    _need_follows(payout, source, actor)
    return payout


def _locked(disbursement_id: int) -> tuple[Disbursement, PayoutSource]:
    """Lock the purpose, then the row: the order in which proposals lock."""
    ids = Disbursement.objects.values_list("need_id", "agreement_id").get(pk=disbursement_id)
    source = _source_locked(*ids)
    return Disbursement.objects.select_for_update(no_key=True).get(pk=disbursement_id), source


def _check_payable_now(payout: Disbursement, source: PayoutSource) -> None:
    """Money may have gone back to donors, or the need been withdrawn, since the proposal."""
    _check_payable(source)
    there = standing(source.purpose)
    if there.held < payout.amount:
        raise PayoutRefusedError(
            _("账上只有 %(held)s，不够这笔拨付。请驳回后按实有金额重新提出。")
            % {"held": there.held}
        )
    if there.free < payout.amount:
        raise PayoutRefusedError(
            _("账上有 %(aside)s 因退款或付款争议冻结，现在最多能拨付 %(free)s。")
            % {"aside": there.set_aside, "free": there.free}
        )
    if payout.is_final:
        _check_final(source, there.held, payout.amount)


def _confirm(payout: Disbursement, actor: User, reference: str) -> None:
    try:
        with transaction.atomic():
            decide(
                proposal=payout,
                actor=actor,
                to=ProposalStatus.CONFIRMED,
                bank_reference=reference,
            )
    except IntegrityError as error:
        raise PayoutRefusedError(_("这个银行流水号已用于另一笔拨付。请核对银行回单。")) from error


def _book(payout: Disbursement, purpose: Purpose) -> None:
    post(
        key=f"payout:{payout.code}",
        kind=EntryKind.DISBURSEMENT,
        memo=f"拨付 {purpose.code}",
        legs=[debit(chart.fund_of(purpose), payout.amount), credit(chart.BANK, payout.amount)],
        purpose=purpose,
    )


def _announce(payout: Disbursement) -> None:
    """Tell of what was paid, before the ledger: the outbox's key is locked before it."""
    if payout.agreement_id is not None:
        announce(PairingAgreement, payout.agreement_id)
    elif payout.need_id is not None:
        announce(Need, payout.need_id)


def _need_follows(payout: Disbursement, source: PayoutSource, actor: User) -> None:
    """Move a need whose money is all paid out to its own next step."""
    if payout.need_id is None:
        return
    if payout.is_final or (source.is_met and held_minor(source.purpose) == 0):
        need_mark_disbursed(need_id=payout.need_id, actor=actor)


@transaction.atomic
def disbursement_refuse(*, disbursement_id: int, actor: User, reason: str) -> Disbursement:
    """Turn a proposal down with a reason; its money may be proposed again.

    The same refusal again returns it unchanged.

    Raises:
        RoleMissingError, SamePersonError: not a fund officer, or the one who proposed it.
        AlreadyDecidedError, ReasonMissingError: decided otherwise, or no reason given.
    """
    policies.require(actor, Role.FUND_OFFICER)
    payout, _source = _locked(disbursement_id)
    if decide(proposal=payout, actor=actor, to=ProposalStatus.REFUSED, reason=reason):
        _record(payout, actor, "disbursement.refused")
    return payout


@transaction.atomic
def payee_open(*, disbursement_id: int, actor: User) -> str:
    """Return the account to pay to, for a fund officer, and record that they looked."""
    policies.require(actor, Role.FUND_OFFICER)
    payout = Disbursement.objects.get(pk=disbursement_id)
    _record(payout, actor, "disbursement.payee_viewed")
    return payout.payee


def _record(payout: Disbursement, actor: User, action: str, **detail: int | str) -> None:
    audit.record(actor=actor, action=action, object_label=LABEL, object_ref=payout.code, **detail)
