"""Making our record say what the provider's says, in any order and any number of times."""

from django.db import transaction

from core import clock
from core.money import Money
from donations.exceptions import EventHeldError
from donations.giving.services.collection import (
    donation_collect,
    donation_expire,
    donation_fail,
    payment_processing,
)
from donations.giving.services.moves import donation_lock
from donations.models import Donation, Payment
from donations.provider.gateways import named
from donations.provider.gateways.base import (
    Charge,
    ChargeStatus,
    CheckoutSession,
    Intent,
    IntentStatus,
    SessionStatus,
)
from donations.provider.services.refunds import gift_return, refund_book
from donations.states import DonationStatus, HeldProblem, PaymentStatus
from matching.exceptions import NeedShortfallError


def payment_sync(*, provider: str, object_id: str) -> bool:
    """Fetch a provider's payment page or payment and bring our record in line with it.

    Call outside any transaction. Returns False where the object is none of ours.

    Raises:
        EventHeldError: what it says contradicts our record; nothing has changed.
        PaymentUnavailableError, PaymentRefusedError: see the gateway.
    """
    session, intent = _fetch(provider, object_id)
    subject = intent or session
    if subject is None or not subject.donation_code:
        return False
    try:
        _apply(provider, subject, session, intent)
    except NeedShortfallError:
        # Paid after its time, and the need was met by others meanwhile.
        if intent is None or intent.charge is None:
            raise
        _return_late_money(provider, intent, intent.charge)
    return True


def _fetch(provider: str, object_id: str) -> tuple[CheckoutSession | None, Intent | None]:
    gateway = named(provider)
    if gateway.is_session(object_id):
        session = gateway.get_session(object_id)
        return session, gateway.get_intent(session.intent_id) if session.intent_id else None
    intent = gateway.get_intent(object_id)
    known = Payment.objects.filter(
        provider=provider, donation__code=intent.donation_code, attempt=intent.attempt
    ).first()
    # Only the page tells whether a payer may still try again.
    if intent.status is IntentStatus.WAITING and known and known.session_id:
        return gateway.get_session(known.session_id), intent
    return None, intent


@transaction.atomic
def _apply(
    provider: str,
    subject: Intent | CheckoutSession,
    session: CheckoutSession | None,
    intent: Intent | None,
) -> None:
    payment = _locked_payment(provider, subject)
    _require_same_money(payment.donation, session, intent)
    _note_ids(payment, session, intent)
    charge = intent.charge if intent else None
    if (
        intent
        and intent.status is IntentStatus.SUCCEEDED
        and charge
        and charge.status is ChargeStatus.SUCCEEDED
    ):
        donation_collect(
            donation_id=payment.donation_id,
            charge_id=charge.id,
            method=charge.method,
            fee_minor=charge.fee_minor,
            payment_id=payment.pk,
        )
        refund_book(donation_id=payment.donation_id, refunded_minor=charge.refunded_minor)
    elif intent and intent.status is IntentStatus.PROCESSING:
        payment_processing(payment_id=payment.pk)
    elif _is_over(session, intent):
        _end(payment, PaymentStatus.EXPIRED)
    elif session and session.status is SessionStatus.COMPLETE and intent:
        _end(payment, PaymentStatus.FAILED, intent.failure)


def _locked_payment(provider: str, subject: Intent | CheckoutSession) -> Payment:
    donation = Donation.objects.filter(code=subject.donation_code).first()
    if donation is None:
        raise EventHeldError(f"no gift {subject.donation_code}", HeldProblem.UNKNOWN_GIFT)
    donation = donation_lock(donation_id=donation.pk)
    payment = donation.payments.filter(provider=provider, attempt=subject.attempt).first()
    if payment is None:
        raise EventHeldError(
            f"gift {donation.code} has no attempt {subject.attempt}", HeldProblem.UNKNOWN_GIFT
        )
    payment.donation = donation
    return payment


def _require_same_money(
    donation: Donation, session: CheckoutSession | None, intent: Intent | None
) -> None:
    told = [subject.amount for subject in (session, intent) if subject]
    if intent and intent.charge:
        told.append(intent.charge.amount)
    for amount in told:
        if amount != donation.amount:
            raise EventHeldError(
                f"gift {donation.code} is {donation.amount.decimal_text()} {donation.currency}, "
                f"the provider says {amount.decimal_text()} {amount.currency}",
                HeldProblem.OTHER_AMOUNT,
            )


def _note_ids(payment: Payment, session: CheckoutSession | None, intent: Intent | None) -> None:
    payment.session_id = payment.session_id or (session.id if session else None)
    payment.intent_id = payment.intent_id or (intent.id if intent else None)
    payment.checked_at = clock.now()
    payment.save(update_fields=["session_id", "intent_id", "checked_at", "updated_at"])


def _is_over(session: CheckoutSession | None, intent: Intent | None) -> bool:
    closed = session is not None and session.status is SessionStatus.EXPIRED
    return closed or (intent is not None and intent.status is IntentStatus.CANCELED)


def _end(payment: Payment, status: PaymentStatus, why: str = "") -> None:
    """An attempt came to nothing; so does its gift, if it was waiting for this attempt."""
    if payment.status == PaymentStatus.SUCCEEDED:
        raise EventHeldError(
            f"gift {payment.donation.code} was paid, the provider says it is not",
            HeldProblem.NOT_PAID,
        )
    Payment.objects.filter(pk=payment.pk).update(status=status, updated_at=clock.now())
    donation = payment.donation
    later = donation.payments.filter(attempt__gt=payment.attempt).exists()
    if donation.status != DonationStatus.PENDING or later:
        return
    if status == PaymentStatus.EXPIRED:
        donation_expire(donation_id=donation.pk, cause=f"attempt {payment.attempt} expired")
    else:
        donation_fail(donation_id=donation.pk, cause=f"attempt {payment.attempt} failed: {why}")


def _return_late_money(provider: str, intent: Intent, charge: Charge) -> None:
    """Send the money back first, then book gift and refund together."""
    left = charge.amount.minor - charge.refunded_minor
    if left:
        named(provider).refund(
            charge_id=charge.id,
            amount=Money(left, charge.amount.currency),
            key=f"aixin-return-{intent.donation_code}-{intent.attempt}",
        )
    with transaction.atomic():
        payment = _locked_payment(provider, intent)
        _note_ids(payment, None, intent)
        gift_return(payment=payment, charge=charge)
