"""Stripe through its SDK: hosted Checkout with cards, Alipay and WeChat Pay."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.money import Money
from donations.exceptions import BadSignatureError, PaymentRefusedError, PaymentUnavailableError
from donations.provider.gateways.base import (
    Charge,
    ChargeStatus,
    CheckoutRequest,
    CheckoutSession,
    DisputeOutcome,
    EventMeaning,
    GatewayEvent,
    Intent,
    IntentStatus,
    ProviderDispute,
    SessionStatus,
)

API_VERSION = "2026-10-28.endive"
# Seconds to connect, seconds to answer. A donor waits for this.
TIMEOUT = (3.0, 12.0)
RETRIES = 2
METHODS = ["card", "alipay", "wechat_pay"]
LOCALES = {"zh-hans": "zh", "en": "en"}
INTENT_STATUS = {
    "processing": IntentStatus.PROCESSING,
    "succeeded": IntentStatus.SUCCEEDED,
    "canceled": IntentStatus.CANCELED,
}
# Stripe's inquiries (``warning_…``) take no money; all that is not ended is open.
DISPUTE_OUTCOME = {
    "won": DisputeOutcome.WON,
    "warning_closed": DisputeOutcome.WON,
    "prevented": DisputeOutcome.WON,
    "lost": DisputeOutcome.LOST,
}
NAMED_BY_ID = {"checkout.session", "payment_intent", "dispute"}
EXPAND = ["latest_charge.balance_transaction"]
SESSION = "cs_"
# The longer one first: the first that fits says what an event means.
MEANINGS = {
    "charge.dispute.": EventMeaning.DISPUTE,
    "checkout.session.": EventMeaning.PAYMENT,
    "payment_intent.": EventMeaning.PAYMENT,
    "charge.": EventMeaning.PAYMENT,
    "refund.": EventMeaning.PAYMENT,
}
SIGNATURE_HEADER = "Stripe-Signature"
PAYMENT_PAGE = "https://checkout.stripe.com"


class StripeGateway:
    """See ``PaymentGateway``."""

    name = "stripe"
    label = "Stripe"
    methods = gettext_lazy("银行卡、支付宝或微信支付")
    smallest_minor = 100
    largest_minor = 99_999_999
    shortest_page = timedelta(minutes=30)
    longest_page = timedelta(hours=24)
    # It forgets a key after a day.
    repeatable_for = timedelta(hours=20)

    @classmethod
    def configuration(cls) -> Mapping[str, str | None]:
        """Return the arguments to make an instance with, from the settings."""
        return {
            "api_key": settings.STRIPE_API_KEY,
            "webhook_secret": settings.STRIPE_WEBHOOK_SECRET,
            "api_base": settings.STRIPE_API_BASE,
        }

    @classmethod
    def payment_pages(cls) -> list[str]:
        """Return its own origin and the stand-in's, where there is one."""
        return [PAYMENT_PAGE, *([settings.STRIPE_API_BASE] if settings.STRIPE_API_BASE else [])]

    @classmethod
    def is_session(cls, object_id: str) -> bool:
        """Return whether an id is a Checkout Session's."""
        return object_id.startswith(SESSION)

    @classmethod
    def meaning(cls, event_type: str) -> EventMeaning:
        """Return what an event of this type may have changed."""
        fitting = (what for start, what in MEANINGS.items() if event_type.startswith(start))
        return next(fitting, EventMeaning.NOTHING)

    def __init__(
        self,
        *,
        api_key: str | None,
        webhook_secret: str | None,
        api_base: str | None = None,
        timeout: tuple[float, float] = TIMEOUT,
        retries: int = RETRIES,
    ) -> None:
        if not api_key:
            raise PaymentUnavailableError(_("在线支付尚未开通。"))
        import stripe  # noqa: PLC0415 slow to import, and every page asks the class something

        self._sdk = stripe
        self.livemode = "_live_" in api_key
        self._secret = webhook_secret
        self._client = stripe.StripeClient(
            api_key,
            stripe_version=API_VERSION,
            base_addresses={"api": api_base} if api_base else {},
            max_network_retries=retries,
            http_client=stripe.RequestsClient(timeout=timeout),
        )

    def create_checkout(self, request: CheckoutRequest) -> CheckoutSession:
        """Make a payment page; the same key and request return the first one."""
        with self._in_our_words():
            made = self._client.v1.checkout.sessions.create(
                _checkout_params(request), {"idempotency_key": request.key}
            )
        return _session(made.to_dict())

    def get_session(self, session_id: str) -> CheckoutSession:
        """Return a payment page as it is now."""
        with self._in_our_words():
            return _session(self._client.v1.checkout.sessions.retrieve(session_id).to_dict())

    def get_intent(self, intent_id: str) -> Intent:
        """Return a payment as it is now."""
        with self._in_our_words():
            found = self._client.v1.payment_intents.retrieve(intent_id, {"expand": EXPAND})
        return _intent(found.to_dict())

    def get_dispute(self, dispute_id: str) -> ProviderDispute:
        """Return a payer's dispute as it is now."""
        with self._in_our_words():
            return _dispute(self._client.v1.disputes.retrieve(dispute_id).to_dict())

    def expire_session(self, session_id: str) -> CheckoutSession:
        """Close an open payment page for good; refused when it is not open any more."""
        with self._in_our_words():
            return _session(self._client.v1.checkout.sessions.expire(session_id).to_dict())

    def refund(self, *, charge_id: str, amount: Money, key: str) -> str:
        """Send money back and return the refund's id; refused beyond what is left."""
        params: Any = {
            "charge": charge_id,
            "amount": amount.minor,
            "reason": "requested_by_customer",
        }
        with self._in_our_words():
            return self._client.v1.refunds.create(params, {"idempotency_key": key}).id

    def parse_event(self, payload: bytes, headers: Mapping[str, str]) -> GatewayEvent:
        """Verify and read a webhook call."""
        signature = headers.get(SIGNATURE_HEADER, "")
        try:
            event = self._client.construct_event(payload, signature, self._secret).to_dict()
        except (self._sdk.SignatureVerificationError, ValueError) as error:
            raise BadSignatureError(str(error)) from error
        about = event["data"]["object"]
        kind = about.get("object")
        if kind in {"charge", "refund"}:
            object_id = about.get("payment_intent") or ""
        else:
            object_id = about["id"] if kind in NAMED_BY_ID else ""
        return GatewayEvent(
            id=event["id"],
            type=event["type"],
            object_id=object_id,
            created=_instant(event["created"]),
            livemode=event["livemode"],
        )

    @contextmanager
    def _in_our_words(self) -> Iterator[None]:
        """Turn the SDK's errors into refusals; «no» and «no answer» are kept apart."""
        try:
            yield
        except (self._sdk.InvalidRequestError, self._sdk.CardError) as error:
            raise PaymentRefusedError(
                _("支付服务没有接受这笔请求（%(code)s），未扣款。请换一个金额或稍后再试。")
                % {"code": error.code or error.param or error.http_status}
            ) from error
        except self._sdk.StripeError as error:
            raise PaymentUnavailableError(
                _("支付服务暂时没有回应，未扣款。请过几分钟再试。")
            ) from error


def _checkout_params(request: CheckoutRequest) -> Any:
    metadata = {"donation": request.donation_code, "attempt": str(request.attempt)}
    return {
        "mode": "payment",
        "submit_type": "donate",
        "client_reference_id": request.donation_code,
        "customer_email": request.email,
        "locale": LOCALES.get(request.language, "auto"),
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": request.amount.currency.lower(),
                    "unit_amount": request.amount.minor,
                    "product_data": {"name": request.title},
                },
            }
        ],
        # Since 2026-09-30 a list of methods is a filter on those the account has.
        "allowed_payment_method_types": METHODS,
        "payment_method_options": {"wechat_pay": {"client": "web"}},
        "metadata": metadata,
        "payment_intent_data": {"metadata": metadata, "description": request.title},
        "expires_at": int(request.expires_at.timestamp()),
        "success_url": request.success_url,
        "cancel_url": request.cancel_url,
    }


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _ours(metadata: dict[str, str]) -> tuple[str, int]:
    """Return the gift's code and the attempt that we wrote there; ('', 0) if it was not us."""
    attempt = metadata.get("attempt", "")
    return metadata.get("donation", ""), int(attempt) if attempt.isdecimal() else 0


def _session(data: dict[str, Any]) -> CheckoutSession:
    code, attempt = _ours(data["metadata"] or {})
    return CheckoutSession(
        id=data["id"],
        status=SessionStatus(data["status"]),
        url=data["url"] or "",
        intent_id=data["payment_intent"] or "",
        amount=Money(data["amount_total"], data["currency"].upper()),
        donation_code=code,
        attempt=attempt,
        expires_at=_instant(data["expires_at"]),
    )


def _intent(data: dict[str, Any]) -> Intent:
    code, attempt = _ours(data["metadata"] or {})
    error = data["last_payment_error"] or {}
    return Intent(
        id=data["id"],
        status=INTENT_STATUS.get(data["status"], IntentStatus.WAITING),
        amount=Money(data["amount"], data["currency"].upper()),
        donation_code=code,
        attempt=attempt,
        charge=_charge(data["latest_charge"]) if data["latest_charge"] else None,
        failure=error.get("decline_code") or error.get("code") or "",
    )


def _charge(data: dict[str, Any]) -> Charge:
    booked = data["balance_transaction"]
    return Charge(
        id=data["id"],
        status=ChargeStatus(data["status"]),
        amount=Money(data["amount"], data["currency"].upper()),
        method=(data["payment_method_details"] or {}).get("type", ""),
        fee_minor=_fee(booked, data["currency"]) if booked else None,
        refunded_minor=data["amount_refunded"],
    )


def _fee(booked: dict[str, Any], currency: str) -> int | None:
    """Return the fee in the charge's currency; None where Stripe settles in another one.

    A fee taken in another currency is booked from the payout statement, not guessed.
    """
    return booked["fee"] if booked["currency"] == currency else None


def _dispute(data: dict[str, Any]) -> ProviderDispute:
    currency = data["currency"]
    due = data["evidence_details"]["due_by"]
    booked = [row for row in data["balance_transactions"] if row["currency"] == currency]
    return ProviderDispute(
        id=data["id"],
        intent_id=data["payment_intent"] or "",
        charge_id=data["charge"],
        amount=Money(data["amount"], currency.upper()),
        reason=data["reason"],
        outcome=DISPUTE_OUTCOME.get(data["status"], DisputeOutcome.OPEN),
        fee_minor=sum(row["fee"] for row in booked),
        opened_at=_instant(data["created"]),
        due_at=_instant(due) if due else None,
    )
