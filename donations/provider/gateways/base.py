"""What every payment provider offers, in our own words; no SDK object gets past it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from core.money import Money


class SessionStatus(StrEnum):
    """A page of the provider on which a gift can be paid."""

    OPEN = "open"
    COMPLETE = "complete"
    EXPIRED = "expired"


class IntentStatus(StrEnum):
    """A payment at the provider; ``WAITING`` gathers all that the payer has yet to do."""

    WAITING = "waiting"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    CANCELED = "canceled"


class ChargeStatus(StrEnum):
    """One try at moving the money."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class CheckoutRequest:
    """A payment page to be made. ``title`` is public text, it must not identify anybody.

    ``key`` is the idempotency key: equal requests under one key make one page.
    ``language`` is ours (``zh-hans`` or ``en``).
    """

    key: str
    donation_code: str
    attempt: int
    amount: Money
    title: str
    email: str
    language: str
    success_url: str
    cancel_url: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class CheckoutSession:
    """A payment page as the provider has it now. ``url`` is empty once it is closed."""

    id: str
    status: SessionStatus
    url: str
    intent_id: str
    amount: Money
    donation_code: str
    attempt: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Charge:
    """Money moved, or not. ``fee_minor`` is None until the provider knows its fee."""

    id: str
    status: ChargeStatus
    amount: Money
    method: str
    fee_minor: int | None
    refunded_minor: int


@dataclass(frozen=True, slots=True)
class Intent:
    """A payment as the provider has it now, with its latest charge.

    ``failure`` is the provider's code for why the last try failed, empty without one.
    """

    id: str
    status: IntentStatus
    amount: Money
    donation_code: str
    attempt: int
    charge: Charge | None
    failure: str = ""


class DisputeOutcome(StrEnum):
    """Where a payer's dispute stands; an inquiry that came to nothing counts as won."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class ProviderDispute:
    """A payer's dispute as the provider has it now.

    ``fee_minor`` is what the provider has charged for it so far, in the dispute's
    currency. ``due_at`` is until when it takes evidence, None where it takes none.
    """

    id: str
    intent_id: str
    charge_id: str
    amount: Money
    reason: str
    outcome: DisputeOutcome
    fee_minor: int
    opened_at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class GatewayEvent:
    """A verified message that something happened; it says where to look, not what is true.

    ``object_id`` is a session's, a payment's or a dispute's id; empty when the event is
    about none of them.
    """

    id: str
    type: str
    object_id: str
    created: datetime
    livemode: bool


class PaymentGateway(Protocol):
    """A payment provider. Never call one inside a transaction.

    Every method raises ``PaymentUnavailableError`` when no clear answer came (the act may
    or may not have happened: repeat it under the same key) and ``PaymentRefusedError``
    when the provider said no (nothing happened).
    """

    livemode: bool

    def create_checkout(self, request: CheckoutRequest) -> CheckoutSession:
        """Make a payment page; the same key and request return the first one."""

    def get_session(self, session_id: str) -> CheckoutSession:
        """Return a payment page as it is now."""

    def get_intent(self, intent_id: str) -> Intent:
        """Return a payment as it is now."""

    def get_dispute(self, dispute_id: str) -> ProviderDispute:
        """Return a payer's dispute as it is now."""

    def expire_session(self, session_id: str) -> CheckoutSession:
        """Close an open payment page for good; refused when it is not open any more."""

    def refund(self, *, charge_id: str, amount: Money, key: str) -> str:
        """Send money back and return the refund's id; refused beyond what is left."""

    def parse_event(self, payload: bytes, signature: str) -> GatewayEvent:
        """Verify and read a webhook call.

        Raises:
            BadSignatureError: not signed by the provider, too old, or unreadable.
        """
