"""Sending a gift back: set aside under the purpose's lock, asked of the provider, then booked."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, clock
from core.accounts.models import User
from core.money import Money
from donations.books.selectors.standing import standing
from donations.exceptions import (
    EventHeldError,
    GiftRefusedError,
    PaymentRefusedError,
    PaymentUnavailableError,
)
from donations.giving.services.moves import donation_lock
from donations.models import Donation, Payment, Refund
from donations.provider.gateways import known, named, registered
from donations.provider.gateways.base import Charge
from donations.provider.services.refunds import match_share, refund_book
from donations.states import DisputeStatus, DonationStatus, PaymentStatus, RefundStatus
from matching.needs.services.transitions import need_locked

logger = logging.getLogger(__name__)
QUIET = timedelta(minutes=2)


def donation_refund(
    *, donation_id: int, actor: User, reason: str, amount: Money | None = None
) -> Donation:
    """Send back a collected gift, all that is left of it unless ``amount`` says less.

    Call outside any transaction. The same refund asked for twice at once happens once.

    Raises:
        GiftRefusedError: not collected through the provider, more than is left, disputed,
            paid out to the need's purpose, or asked for so long ago without an answer that
            the provider may have forgotten its key. Nothing has changed.
        PaymentRefusedError: the provider said no; what was set aside is free again.
        PaymentUnavailableError: no answer; it stays set aside and is sent again by
            ``refunds_resume``, never twice.
    """
    refund = refund_reserve(donation_id=donation_id, actor=actor, reason=reason, amount=amount)
    if _is_sendable(refund, _payment_of(refund)):
        return _send(refund)
    if not _resume(refund):
        raise _unanswered()
    return Donation.objects.get(pk=donation_id)


def _payment_of(refund: Refund) -> Payment:
    return refund.donation.payments.get(status=PaymentStatus.SUCCEEDED)


def _is_sendable(refund: Refund, payment: Payment) -> bool:
    """Return whether the provider remembers the refund's key; later only its record is asked."""
    return refund.created_at > clock.now() - known(payment.provider).repeatable_for


def _unanswered() -> GiftRefusedError:
    return GiftRefusedError(_("这笔捐赠的上一笔退款还在等支付平台答复，请稍后再试。"))


@transaction.atomic
def refund_reserve(
    *, donation_id: int, actor: User, reason: str, amount: Money | None = None
) -> Refund:
    """Set a gift's money and its match aside, so that nobody pays them out meanwhile.

    An equal refund that waits for the provider is returned as it is. Raises as above.
    """
    donation = donation_lock(donation_id=donation_id)
    payment = donation.payments.filter(status=PaymentStatus.SUCCEEDED).first()
    if donation.status != DonationStatus.COLLECTED or payment is None or not payment.intent_id:
        raise GiftRefusedError(_("只有已在线到账的捐赠可以退款。"))
    left = Money(donation.amount_minor - payment.gone_minor, donation.currency)
    back = left if amount is None else amount
    waiting = donation.refunds.filter(status=RefundStatus.RESERVED).first()
    if waiting is not None:
        if waiting.amount_minor == back.minor:
            return waiting
        raise _unanswered()
    if back.minor <= 0 or left < back:
        raise GiftRefusedError(_("最多可退 %(left)s。") % {"left": left})
    if payment.disputes.filter(status=DisputeStatus.OPEN).exists():
        raise GiftRefusedError(_("付款人已向银行提出争议，争议结束前不能退款。"))
    gone = payment.gone_minor
    match = match_share(donation, gone + back.minor) - match_share(donation, gone)
    _require_still_here(donation, back.minor + match)
    _record(donation, actor, back.minor, reason)
    return Refund.objects.create(
        donation=donation,
        amount_minor=back.minor,
        match_minor=match,
        upto_minor=payment.refunded_minor + back.minor,
        reason=reason[:200],
        requested_by=actor,
    )


def _require_still_here(donation: Donation, back_minor: int) -> None:
    """Refuse to send back what was paid out already, or is about to be; under the need's lock."""
    if donation.need_id is None:
        return
    if standing(need_locked(need_id=donation.need_id).purpose).available.minor < back_minor:
        raise GiftRefusedError(
            _(
                "这笔善款已经拨付或正在拨付，不能从需求的账上退回。请先驳回待复核的拨付，或另行处理。"
            )
        )


def _record(donation: Donation, actor: User, amount_minor: int, reason: str) -> None:
    audit.record(
        actor=actor,
        action="donation.refund",
        object_label="donations.donation",
        object_ref=donation.code,
        amount_minor=amount_minor,
        reason=reason,
    )


def _send(refund: Refund) -> Donation:
    donation = refund.donation
    payment = _payment_of(refund)
    gateway = named(payment.provider)
    amount = Money(refund.amount_minor, donation.currency)
    try:
        gateway.refund(charge_id=payment.charge_id or "", amount=amount, key=refund.key)
    except PaymentRefusedError:
        refund_release(refund_id=refund.pk)
        raise
    charge = _charge_of(payment)
    return refund_book(
        donation_id=donation.pk,
        refunded_minor=charge.refunded_minor if charge else 0,
        actor=refund.requested_by,
    )


def _charge_of(payment: Payment) -> Charge | None:
    return named(payment.provider).get_intent(payment.intent_id or "").charge


@transaction.atomic
def refund_release(*, refund_id: int) -> bool:
    """Free what was set aside for a refund that did not happen; return whether it was, now."""
    released = Refund.objects.filter(pk=refund_id, status=RefundStatus.RESERVED).update(
        status=RefundStatus.RELEASED, settled_at=clock.now(), updated_at=clock.now()
    )
    return bool(released)


def refunds_resume(*, limit: int = 50) -> int:
    """Go on with refunds whose answer was lost; return how many were settled.

    What the provider has sent back already is booked; what it has not is sent again under
    its key, as long as the provider remembers keys. An older one stays set aside for a
    person. Of each provider at most ``limit``. Call outside any transaction.
    """
    return sum(_resume_at(provider, limit) for provider in registered())


def _resume_at(provider: str, limit: int) -> int:
    waiting = Refund.objects.filter(
        status=RefundStatus.RESERVED,
        updated_at__lt=clock.now() - QUIET,
        donation__payments__status=PaymentStatus.SUCCEEDED,
        donation__payments__provider=provider,
    ).select_related("donation", "requested_by")
    settled = 0
    for refund in waiting.order_by("updated_at")[:limit]:
        try:
            settled += _resume(refund)
        except PaymentUnavailableError:
            break
        except (PaymentRefusedError, EventHeldError, ValueError) as problem:
            # One that cannot be booked does not keep the others waiting.
            logger.error("refund %s needs a person: %s", refund.pk, problem)  # noqa: TRY400
        Refund.objects.filter(pk=refund.pk).update(updated_at=clock.now())
    return settled


def _resume(refund: Refund) -> bool:
    payment = _payment_of(refund)
    charge = _charge_of(payment)
    sent = (charge.refunded_minor if charge else 0) + payment.returned_minor
    if sent >= refund.upto_minor:
        refund_book(donation_id=refund.donation_id, refunded_minor=sent - payment.returned_minor)
    elif _is_sendable(refund, payment):
        _send(refund)
    else:
        logger.error("refund %s was never answered; a person has to look", refund.pk)
        return False
    return True
