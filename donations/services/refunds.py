"""Money sent back, in full or in part: asked for at the provider, booked from its record."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, clock
from core.accounts.models import User
from core.money import Money
from donations.exceptions import EventHeldError, GiftRefusedError
from donations.gateways import current
from donations.gateways.base import Charge
from donations.ledger import accounts
from donations.ledger.posting import credit, debit, post
from donations.models import Donation, Payment
from donations.selectors.disbursements import standing
from donations.selectors.gifts import purpose_code
from donations.services.donation_moves import donation_lock, donation_move, donation_note
from donations.services.gift_entries import (
    booking,
    fee_book,
    fund_account,
    gift_book,
    payment_succeed,
)
from donations.services.tallies import tally_record
from donations.states import DonationStatus, EntryKind, PaymentStatus
from matching.services.need_funding import need_uncollect
from matching.services.reservations import match_reverse


def donation_refund(
    *, donation_id: int, actor: User, reason: str, amount: Money | None = None
) -> Donation:
    """Send back a collected gift, all that is left of it unless ``amount`` says less.

    Call outside any transaction. The same refund asked for twice at once happens once.

    Raises:
        GiftRefusedError: not collected through the provider, more than is left, or the
            money has been paid out to the need's purpose. Nothing has changed.
        PaymentUnavailableError: no answer; ask again, it will not be sent twice.
    """
    donation = Donation.objects.get(pk=donation_id)
    payment = donation.payments.filter(status=PaymentStatus.SUCCEEDED).first()
    if donation.status != DonationStatus.COLLECTED or payment is None:
        raise GiftRefusedError(_("只有已在线到账的捐赠可以退款。"))
    charge_id, intent_id = payment.charge_id, payment.intent_id
    if charge_id is None or intent_id is None:
        raise GiftRefusedError(_("只有已在线到账的捐赠可以退款。"))
    left = Money(donation.amount_minor - payment.refunded_minor, donation.currency)
    back = amount or left
    if back.minor <= 0 or left < back:
        raise GiftRefusedError(_("最多可退 %(left)s。") % {"left": left})
    total = payment.refunded_minor + back.minor
    _require_still_here(donation, payment.refunded_minor, total)
    audit.record(
        actor=actor,
        action="donation.refund",
        object_label="donations.donation",
        object_ref=donation.code,
        amount_minor=back.minor,
        reason=reason,
    )
    gateway = current()
    gateway.refund(charge_id=charge_id, amount=back, key=f"aixin-refund-{donation.code}-{total}")
    charge = gateway.get_intent(intent_id).charge
    return refund_book(
        donation_id=donation.pk, refunded_minor=charge.refunded_minor if charge else 0, actor=actor
    )


@transaction.atomic
def refund_book(*, donation_id: int, refunded_minor: int, actor: User | None = None) -> Donation:
    """Book what the provider says has gone back in all; what is booked already stays.

    The match goes back in proportion, rounded down; all of it with the last of the gift.

    Raises:
        EventHeldError: less went back than is booked (the bank returned a refund).
    """
    donation = donation_lock(donation_id=donation_id)
    payment = donation.payments.filter(status=PaymentStatus.SUCCEEDED).first()
    if payment is None or refunded_minor == payment.refunded_minor:
        return donation
    if refunded_minor < payment.refunded_minor:
        raise EventHeldError(
            f"gift {donation.code}: {payment.refunded_minor} booked as refunded, "
            f"the provider says {refunded_minor}"
        )
    before, payment.refunded_minor = payment.refunded_minor, refunded_minor
    payment.save(update_fields=["refunded_minor", "updated_at"])
    gift_back = refunded_minor - before
    match_back = _match_share(donation, refunded_minor) - _match_share(donation, before)
    key = f"stripe:{payment.charge_id}:refunded:{refunded_minor}"
    whole = refunded_minor == donation.amount_minor
    _match_refund_book(donation, key, match_back)
    if donation.need_id:
        need_uncollect(need_id=donation.need_id, amount_minor=gift_back + match_back)
    _gift_refund_book(donation, key, gift_back, whole=whole)
    _record(donation, gift_back, whole=whole, actor=actor)
    return donation


def _require_still_here(donation: Donation, before: int, total: int) -> None:
    """Refuse to send back what was paid out already, or is about to be.

    Asked before the provider is; a pay-out approved in between is caught by ``aixin
    check`` (I13), since no lock may be held while the provider answers.
    """
    if donation.need is None:
        return
    match_back = _match_share(donation, total) - _match_share(donation, before)
    if standing(donation.need).available.minor < total - before + match_back:
        raise GiftRefusedError(
            _(
                "这笔善款已经拨付或正在拨付，不能从需求的账上退回。请先驳回待复核的拨付，或另行处理。"
            )
        )


def _match_share(donation: Donation, refunded_minor: int) -> int:
    return donation.matched_minor * refunded_minor // donation.amount_minor


def _record(donation: Donation, gift_back: int, *, whole: bool, actor: User | None) -> None:
    cause = f"refunded {Money(gift_back, donation.currency).decimal_text()}"
    if whole:
        donation_move(donation=donation, to=DonationStatus.REFUNDED, cause=cause, actor=actor)
    else:
        donation_note(donation=donation, cause=cause, actor=actor)


def _gift_refund_book(donation: Donation, key: str, gift_back: int, *, whole: bool) -> None:
    amount = Money(gift_back, donation.currency)
    entry = post(
        key=key,
        kind=EntryKind.REFUND,
        memo=f"退款 {purpose_code(donation)}",
        legs=[debit(fund_account(donation), amount), credit(accounts.STRIPE, amount)],
        **booking(donation),
    )
    tally_record(
        entry=entry,
        campaign=donation.campaign,
        township_code=entry.township_code,
        cash_minor=-gift_back,
        gifts=-1 if whole else 0,
    )


def _match_refund_book(donation: Donation, key: str, match_back: int) -> None:
    if not match_back:
        return
    parts = match_reverse(reference=donation.code, amount_minor=match_back)
    for part in parts:
        code = part.fund_code
        amount = Money(part.amount_minor, donation.currency)
        entry = post(
            key=f"{key}:match:{code}",
            kind=EntryKind.MATCH_REVERSAL,
            memo=f"配捐冲回 {purpose_code(donation)}",
            legs=[
                debit(fund_account(donation), amount),
                credit(accounts.match_fund(code), amount),
            ],
            **booking(donation),
        )
        tally_record(
            entry=entry,
            campaign=donation.campaign,
            township_code=entry.township_code,
            matched_minor=-amount.minor,
        )


def gift_return(*, payment: Payment, charge: Charge) -> Donation:
    """Book late money that was sent back whole because the need was met meanwhile.

    Gift and refund are booked together, so the need's account is never out of step with
    the need. The caller holds the gift's row and has sent the money back. Once.
    """
    donation = payment.donation
    if donation.status in {DonationStatus.COLLECTED, DonationStatus.REFUNDED}:
        return donation
    donation.collected_at = clock.now()
    donation_move(
        donation=donation, to=DonationStatus.COLLECTED, cause=f"charge {charge.id} (late)"
    )
    paid = payment_succeed(
        donation=donation, payment_id=payment.pk, charge_id=charge.id, method=charge.method
    )
    gift_book(donation=donation, charge_id=charge.id)
    fee_book(donation=donation, charge_id=charge.id, fee_minor=charge.fee_minor)
    paid.refresh_from_db()
    paid.refunded_minor = donation.amount_minor
    paid.save(update_fields=["refunded_minor", "updated_at"])
    key = f"stripe:{charge.id}:refunded:{donation.amount_minor}"
    _gift_refund_book(donation, key, donation.amount_minor, whole=True)
    donation_move(
        donation=donation, to=DonationStatus.REFUNDED, cause="returned: the need was met meanwhile"
    )
    return donation
