"""Attempts to collect a gift: the payment page, and what became of it."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core import clock
from donations.exceptions import (
    EventHeldError,
    GiftRefusedError,
    MatchLostError,
    PaymentRefusedError,
    PaymentUnavailableError,
)
from donations.giving.services.collection import donation_expire, donation_fail
from donations.giving.services.gifts import match_hold_again
from donations.giving.services.moves import donation_lock
from donations.models import Donation, Payment
from donations.provider.gateways import named, registered, taking
from donations.provider.gateways.base import CheckoutRequest, CheckoutSession
from donations.provider.services.synchronising import payment_sync
from donations.states import DonationStatus, PaymentStatus
from matching.funds.selectors.funds import match_held_minor
from matching.funds.services.reservations import match_extend
from matching.states import NeedStatus

logger = logging.getLogger(__name__)

# A provider counts a page's time from when it makes it; so long may the call take.
CALL = timedelta(seconds=20)
# The match outlives the page: a payment of the last second still finds it.
MARGIN = timedelta(seconds=40)
UNSETTLED = [PaymentStatus.CREATED, PaymentStatus.OPEN, PaymentStatus.PROCESSING]


def gift_checkout(*, donation_id: int, return_url: str, cancel_url: str) -> str:
    """Return the address where the gift is paid; the open page if there is one.

    Call outside any transaction.

    Raises:
        GiftRefusedError: the gift is not waiting for money any more.
        MatchLostError: the promised match is held no longer and was not waived.
        PaymentUnavailableError: no answer; nothing was charged, ``gift_give_up`` next.
        PaymentRefusedError: the provider does not take this payment.
    """
    payment, is_new = _attempt(donation_id)
    if payment.session_url:
        return payment.session_url
    try:
        session = _make_page(payment, return_url, cancel_url)
    except PaymentRefusedError:
        Payment.objects.filter(pk=payment.pk).update(status=PaymentStatus.FAILED)
        if is_new:
            raise
        # An attempt begun too long ago for its page to be made now.
        payment, _new = _attempt(donation_id)
        session = _make_page(payment, return_url, cancel_url)
    return _opened(payment.pk, session)


def _make_page(payment: Payment, return_url: str, cancel_url: str) -> CheckoutSession:
    donation = payment.donation
    return named(payment.provider).create_checkout(
        CheckoutRequest(
            key=payment.idempotency_key,
            donation_code=donation.code,
            attempt=payment.attempt,
            amount=donation.amount,
            title=f"{donation.given_for.code} {donation.given_for.label}",
            email=donation.donor.email,
            language=donation.language,
            success_url=return_url,
            cancel_url=cancel_url,
            expires_at=payment.expires_at,
        )
    )


@transaction.atomic
def _attempt(donation_id: int) -> tuple[Payment, bool]:
    """Return the attempt to go on with, and whether it was begun just now."""
    donation = donation_lock(donation_id=donation_id)
    if donation.status != DonationStatus.PENDING:
        raise GiftRefusedError(_("这笔捐赠不再等待付款。"))
    last = donation.payments.order_by("-attempt").first()
    if last and last.status in UNSETTLED:
        if last.status == PaymentStatus.PROCESSING:
            raise GiftRefusedError(_("这笔捐赠的付款正在处理中，请稍候。"))
        if last.status == PaymentStatus.CREATED or last.expires_at > clock.now():
            return last, False
    if donation.need and donation.need.status == NeedStatus.PAUSED:
        raise GiftRefusedError(_("这项需求已暂停，现在不接受捐赠。没有扣款。"))
    _require_match(donation)
    expires_at = (clock.now() + _page_time()).replace(microsecond=0)
    match_extend(reference=donation.code, lease_until=expires_at + MARGIN)
    attempt = (last.attempt if last else 0) + 1
    payment = donation.payments.create(
        provider=taking().name, attempt=attempt, expires_at=expires_at
    )
    return payment, True


def _page_time() -> timedelta:
    """Return how long a new page is open: as the match is held, if the provider lets it."""
    page = timedelta(seconds=settings.MATCH_LEASE_SECONDS) - MARGIN
    return min(max(page, taking().shortest_page + CALL), taking().longest_page)


def _require_match(donation: Donation) -> None:
    """Rule 4 (docs/rules.md): no page without the promised match, or the donor's waiver."""
    if match_held_minor(donation.code) >= donation.promised_match_minor:
        return
    held = match_hold_again(donation=donation, lease=taking().shortest_page + CALL).total_minor
    if held < donation.promised_match_minor and donation.match_waived_at is None:
        raise MatchLostError(_("原先承诺的配捐已不足。请看一下现在的配捐，再决定是否继续。"))


@transaction.atomic
def _opened(payment_id: int, session: CheckoutSession) -> str:
    payment = Payment.objects.select_for_update(no_key=True).get(pk=payment_id)
    if payment.session_id is None:
        payment.session_id, payment.session_url = session.id, session.url
        if payment.status == PaymentStatus.CREATED:
            payment.status = PaymentStatus.OPEN
        payment.save()
    return session.url or payment.session_url


def gift_give_up(*, donation_id: int, cause: str) -> bool:
    """Release a gift whose payment page could not be made; return whether it was released.

    False where a page is open after all (the twin of a double click got through).
    """
    with transaction.atomic():
        donation = donation_lock(donation_id=donation_id)
        if donation.payments.filter(session_id__isnull=False, status__in=UNSETTLED).exists():
            return False
        donation_fail(donation_id=donation_id, cause=cause)
    return True


def gift_cancel(*, donation_id: int) -> Donation:
    """Close the payment page at the donor's wish and release everything held.

    A page that was paid in the meantime is not cancelled: the gift is collected.
    Call outside any transaction.
    """
    payment = (
        Payment.objects.filter(donation_id=donation_id, status__in=UNSETTLED)
        .order_by("-attempt")
        .first()
    )
    if payment is None or not payment.session_id:
        gift_give_up(donation_id=donation_id, cause="cancelled by the donor")
    else:
        try:
            named(payment.provider).expire_session(payment.session_id)
        except PaymentRefusedError:
            logger.info("payment %s: its page is closed already", payment.pk)
        payment_sync(provider=payment.provider, object_id=payment.session_id)
    return Donation.objects.get(pk=donation_id)


def gifts_expire_unpaid(*, limit: int = 200) -> int:
    """Let go of gifts for which no payment page was ever asked; return how many.

    Somebody looked at what would be matched and went away, or was refused a page: the need's
    room is free again when the lease of the match is over.
    """
    over = clock.now() - timedelta(seconds=settings.MATCH_LEASE_SECONDS)
    due = Donation.objects.filter(status=DonationStatus.PENDING, updated_at__lt=over)
    due = due.exclude(payments__status__in=UNSETTLED).order_by("updated_at")
    return sum(_expire_unpaid(pk) for pk in due.values_list("pk", flat=True)[:limit])


@transaction.atomic
def _expire_unpaid(donation_id: int) -> bool:
    donation = donation_lock(donation_id=donation_id)
    if donation.payments.filter(status__in=UNSETTLED).exists():
        return False  # its giver came back at this moment
    donation = donation_expire(donation_id=donation_id, cause="no payment was begun")
    return donation.status == DonationStatus.EXPIRED


def payments_reconcile_stuck(*, limit: int = 100) -> int:
    """Ask the providers about payments whose news may have been lost; return how many.

    Past their end, or open for long without having been asked about, or taken without
    a known fee; of each provider at most ``limit``. One that cannot be asked about does not
    keep the others waiting.
    """
    return sum(_reconcile(provider, limit) for provider in registered())


def _reconcile(provider: str, limit: int) -> int:
    asked = 0
    for payment in _stuck(clock.now()).filter(provider=provider)[:limit]:
        try:
            _check(payment)
            asked += 1
        except PaymentUnavailableError:
            logger.warning("payment %s: the provider did not answer", payment.pk)
            break
        except (EventHeldError, PaymentRefusedError) as problem:
            logger.error("payment %s needs a person: %s", payment.pk, problem)  # noqa: TRY400
        Payment.objects.filter(pk=payment.pk).update(checked_at=clock.now())
    return asked


def _stuck(now: datetime):
    quiet = Q(checked_at__lt=now - timedelta(minutes=10)) | Q(
        checked_at__isnull=True, created_at__lt=now - timedelta(minutes=2)
    )
    over = Q(expires_at__lt=now) & (
        Q(checked_at__isnull=True) | Q(checked_at__lt=now - timedelta(minutes=1))
    )
    unsettled = Q(status__in=UNSETTLED) & (over | quiet)
    fee_unknown = (
        Q(status=PaymentStatus.SUCCEEDED, fee_minor__isnull=True, intent_id__isnull=False)
        & quiet
        & Q(created_at__gt=now - timedelta(days=30))
    )
    return Payment.objects.filter(unsettled | fee_unknown).order_by("checked_at", "pk")


def _check(payment: Payment) -> None:
    known = payment.session_id or payment.intent_id
    if known:
        payment_sync(provider=payment.provider, object_id=known)
    elif payment.status == PaymentStatus.CREATED:
        # Its page, if one was made at all, was never shown to anybody.
        gift_give_up(donation_id=payment.donation_id, cause="the payment page was never opened")
