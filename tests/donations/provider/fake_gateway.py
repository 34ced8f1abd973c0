"""An in-memory provider, for tests without a server, and the same in Stripe's words.

``test_gateway_contract.py`` runs one suite against these and Stripe's own SDK.
"""

import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import ClassVar

from django.conf import settings

from core import clock
from core.money import Money
from donations.exceptions import BadSignatureError, PaymentRefusedError, PaymentUnavailableError
from donations.provider.gateways.base import (
    Charge,
    ChargeStatus,
    CheckoutRequest,
    CheckoutSession,
    DisputeOutcome,
    GatewayEvent,
    Intent,
    IntentStatus,
    ProviderDispute,
    SessionStatus,
)
from donations.provider.gateways.stripe import StripeGateway

TOLERANCE_SECONDS = 300
FEE_BASIS_POINTS = 290
DISPUTE_FEE_MINOR = 1_500


@dataclass(frozen=True, slots=True)
class _Kept:
    request: CheckoutRequest
    session_id: str


class Account:
    """What the provider holds of ours, and what payers and banks do with it.

    A provider of its own says its words: ``ids`` are how its ids begin, ``said`` what its
    events are called.
    """

    livemode = False
    ids: ClassVar[dict[str, str]]
    said: ClassVar[dict[str, str]]

    def __init__(self) -> None:
        self.sessions: dict[str, CheckoutSession] = {}
        self.intents: dict[str, Intent] = {}
        self.disputes: dict[str, ProviderDispute] = {}
        self.events: list[GatewayEvent] = []

    def new_id(self, what: str) -> str:
        """Return an id as this provider makes them."""
        return f"{self.ids[what]}{secrets.token_hex(8)}"

    def pay(
        self, session_id: str, method: str = "card", *, declined: bool = False, later: str = ""
    ) -> None:
        """A payer's visit; ``later`` = succeed or fail leaves the money on its way first."""
        session = self.sessions[session_id]
        status = IntentStatus.SUCCEEDED
        if later:
            status = IntentStatus.PROCESSING
        elif declined:
            status = IntentStatus.WAITING
        outcome = {
            IntentStatus.SUCCEEDED: ChargeStatus.SUCCEEDED,
            IntentStatus.PROCESSING: ChargeStatus.PENDING,
            IntentStatus.WAITING: ChargeStatus.FAILED,
        }[status]
        fee = session.amount.minor * FEE_BASIS_POINTS // 10_000
        charge = Charge(
            id=self.new_id("charge"),
            status=outcome,
            amount=session.amount,
            method=method,
            fee_minor=fee if outcome is ChargeStatus.SUCCEEDED else None,
            refunded_minor=0,
        )
        intent = Intent(
            id=session.intent_id or self.new_id("intent"),
            status=status,
            amount=session.amount,
            donation_code=session.donation_code,
            attempt=session.attempt,
            charge=charge,
            failure="card_declined" if declined else "",
        )
        self.intents[intent.id] = intent
        if declined:
            self.sessions[session_id] = replace(session, intent_id=intent.id)
            self.tell("declined", intent.id)
            return
        self.sessions[session_id] = replace(
            session, intent_id=intent.id, status=SessionStatus.COMPLETE, url=""
        )
        if not later:
            self.tell("paid", intent.id)
        self.tell("completed", session_id)

    def settle(self, session_id: str, *, succeed: bool = True) -> None:
        """The end of a delayed payment."""
        intent = self.intents[self.sessions[session_id].intent_id]
        if intent.charge is None:
            raise PaymentRefusedError("nothing on its way")
        status = ChargeStatus.SUCCEEDED if succeed else ChargeStatus.FAILED
        self.intents[intent.id] = replace(
            intent,
            status=IntentStatus.SUCCEEDED if succeed else IntentStatus.WAITING,
            charge=replace(intent.charge, status=status, fee_minor=30 if succeed else None),
            failure="" if succeed else "payment_declined",
        )
        self.tell("settled" if succeed else "not settled", session_id)

    def return_refund(self, intent_id: str, amount: Money) -> None:
        """A bank sends refunded money back to us."""
        intent = self.intents[intent_id]
        if intent.charge is None:
            raise PaymentRefusedError("nothing was refunded")
        back = replace(intent.charge, refunded_minor=intent.charge.refunded_minor - amount.minor)
        self.intents[intent_id] = replace(intent, charge=back)
        self.tell("refund returned", intent_id)

    def dispute(self, intent_id: str, amount: Money | None = None) -> str:
        """A payer disputes a payment at their bank; returns the dispute's id."""
        charge = self.intents[intent_id].charge
        if charge is None:
            raise PaymentRefusedError("nothing was paid")
        told = ProviderDispute(
            id=self.new_id("dispute"),
            intent_id=intent_id,
            charge_id=charge.id,
            amount=amount or charge.amount,
            reason="fraudulent",
            outcome=DisputeOutcome.OPEN,
            fee_minor=DISPUTE_FEE_MINOR,
            opened_at=clock.now(),
            due_at=clock.now() + timedelta(days=9),
        )
        self.disputes[told.id] = told
        self.tell("disputed", told.id)
        return told.id

    def end_dispute(self, dispute_id: str, outcome: DisputeOutcome) -> None:
        """The bank decides."""
        self.disputes[dispute_id] = replace(self.disputes[dispute_id], outcome=outcome)
        self.tell("dispute ended", dispute_id)

    def tell(self, what: str, object_id: str) -> None:
        """Let an event wait to be delivered."""
        event = GatewayEvent(
            self.new_id("event"), self.said[what], object_id, clock.now(), livemode=self.livemode
        )
        self.events.append(event)


class InMemoryGateway(Account):
    """See ``PaymentGateway``. ``fail_next`` and what an account does are a test's own strings."""

    def __init__(self) -> None:
        super().__init__()
        self._by_key: dict[str, _Kept] = {}
        self._refunds: dict[str, tuple[str, Money, str]] = {}
        self._unavailable = 0
        self._unavailable_after = 0

    def create_checkout(self, request: CheckoutRequest) -> CheckoutSession:
        """Make a payment page; the same key and request return the first one."""
        self._answer()
        kept = self._by_key.get(request.key)
        if kept:
            if kept.request != request:
                raise PaymentUnavailableError("one key, two requests")
            return self.sessions[kept.session_id]
        life = request.expires_at - clock.now()
        if (
            not self.smallest_minor <= request.amount.minor <= self.largest_minor
            or not self.shortest_page <= life <= self.longest_page
        ):
            raise PaymentRefusedError("amount or expiry out of bounds")
        session = CheckoutSession(
            id=self.new_id("session"),
            status=SessionStatus.OPEN,
            url=f"{self.payment_pages()[0]}/{request.donation_code}/{request.attempt}",
            intent_id="",
            amount=request.amount,
            donation_code=request.donation_code,
            attempt=request.attempt,
            expires_at=request.expires_at,
        )
        self.sessions[session.id] = session
        self._by_key[request.key] = _Kept(request, session.id)
        self._answer_lost()
        return session

    def get_session(self, session_id: str) -> CheckoutSession:
        """Return a payment page as it is now."""
        self._answer()
        if session_id not in self.sessions:
            raise PaymentRefusedError("no such session")
        return self.sessions[session_id]

    def get_intent(self, intent_id: str) -> Intent:
        """Return a payment as it is now."""
        self._answer()
        if intent_id not in self.intents:
            raise PaymentRefusedError("no such payment")
        return self.intents[intent_id]

    def get_dispute(self, dispute_id: str) -> ProviderDispute:
        """Return a payer's dispute as it is now."""
        self._answer()
        if dispute_id not in self.disputes:
            raise PaymentRefusedError("no such dispute")
        return self.disputes[dispute_id]

    def expire_session(self, session_id: str) -> CheckoutSession:
        """Close an open payment page for good; refused when it is not open any more."""
        session = self.get_session(session_id)
        if session.status is not SessionStatus.OPEN:
            raise PaymentRefusedError("not open")
        closed = replace(session, status=SessionStatus.EXPIRED, url="")
        self.sessions[session_id] = closed
        if session.intent_id:
            intent = self.intents[session.intent_id]
            self.intents[intent.id] = replace(intent, status=IntentStatus.CANCELED)
        self.tell("expired", session_id)
        return closed

    def refund(self, *, charge_id: str, amount: Money, key: str) -> str:
        """Send money back and return the refund's id; refused beyond what is left."""
        self._answer()
        if key in self._refunds:
            known, of, refund_id = self._refunds[key]
            if (known, of) != (charge_id, amount):
                raise PaymentUnavailableError("one key, two requests")
            return refund_id
        intent = next(
            (i for i in self.intents.values() if i.charge and i.charge.id == charge_id), None
        )
        charge = intent.charge if intent else None
        if intent is None or charge is None or charge.status is not ChargeStatus.SUCCEEDED:
            raise PaymentRefusedError("no such charge")
        if any(dispute.charge_id == charge_id for dispute in self.disputes.values()):
            raise PaymentRefusedError("disputed")
        if charge.refunded_minor + amount.minor > charge.amount.minor:
            raise PaymentRefusedError("more than is left")
        charge = replace(charge, refunded_minor=charge.refunded_minor + amount.minor)
        self.intents[intent.id] = replace(intent, charge=charge)
        self._refunds[key] = (charge_id, amount, self.new_id("refund"))
        self.tell("refunded", intent.id)
        self._answer_lost()
        return self._refunds[key][2]

    def fail_next(self, count: int = 1, *, after_the_act: bool = False) -> None:
        """Give no answer to the next calls, before or after doing what they ask."""
        if after_the_act:
            self._unavailable_after = count
        else:
            self._unavailable = count

    def _answer(self) -> None:
        if self._unavailable:
            self._unavailable -= 1
            raise PaymentUnavailableError("no answer")

    def _answer_lost(self) -> None:
        if self._unavailable_after:
            self._unavailable_after -= 1
            raise PaymentUnavailableError("no answer")


class FakeGateway(InMemoryGateway):
    """Stripe's twin: its name, its words, its bounds and its signature."""

    name, label, methods = StripeGateway.name, StripeGateway.label, StripeGateway.methods
    smallest_minor, largest_minor = StripeGateway.smallest_minor, StripeGateway.largest_minor
    shortest_page, longest_page = StripeGateway.shortest_page, StripeGateway.longest_page
    repeatable_for = StripeGateway.repeatable_for
    is_session, meaning = StripeGateway.is_session, StripeGateway.meaning
    page = "https://pay.example.org"
    ids: ClassVar = {
        "session": "cs_",
        "intent": "pi_",
        "charge": "ch_",
        "refund": "re_",
        "dispute": "du_",
        "event": "evt_",
    }
    said: ClassVar = {
        "expired": "checkout.session.expired",
        "completed": "checkout.session.completed",
        "settled": "checkout.session.async_payment_succeeded",
        "not settled": "checkout.session.async_payment_failed",
        "paid": "payment_intent.succeeded",
        "declined": "payment_intent.payment_failed",
        "refunded": "charge.refunded",
        "refund returned": "refund.failed",
        "disputed": "charge.dispute.created",
        "dispute ended": "charge.dispute.closed",
    }

    def __init__(self, *, secret: str) -> None:
        super().__init__()
        self._secret = secret.encode()

    @classmethod
    def configuration(cls) -> dict[str, str]:
        """Return the arguments to make an instance with, from the settings."""
        return {"secret": settings.STRIPE_WEBHOOK_SECRET}

    @classmethod
    def payment_pages(cls) -> list[str]:
        """Return the origin of its payment pages."""
        return [cls.page]

    def parse_event(self, payload: bytes, headers) -> GatewayEvent:
        """Verify and read a webhook call."""
        stamp, _, digest = headers.get("Stripe-Signature", "").partition(",")
        seconds = stamp.removeprefix("t=")
        fresh = (
            seconds.isdecimal() and abs(clock.now().timestamp() - int(seconds)) <= TOLERANCE_SECONDS
        )
        right = hmac.compare_digest(digest.removeprefix("v1="), self._digest(seconds, payload))
        if not (fresh and right):
            raise BadSignatureError("not ours, or too old")
        event_id = json.loads(payload)["id"]
        return next(event for event in self.events if event.id == event_id)

    def delivery(self, event: GatewayEvent) -> tuple[bytes, dict[str, str]]:
        """Return body and headers of an event's webhook call."""
        body = json.dumps(asdict(event) | {"created": event.created.isoformat()}).encode()
        stamp = str(int(clock.now().timestamp()))
        return body, {"Stripe-Signature": f"t={stamp},v1={self._digest(stamp, body)}"}

    def _digest(self, stamp: str, payload: bytes) -> str:
        return hmac.new(self._secret, f"{stamp}.".encode() + payload, hashlib.sha256).hexdigest()
