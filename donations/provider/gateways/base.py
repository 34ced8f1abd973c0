"""What every payment provider offers, in our own words; no SDK object gets past it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Protocol

from django.utils.functional import Promise

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


class EventMeaning(StrEnum):
    """What an event of the provider may have changed of what we hold."""

    PAYMENT = "payment"
    DISPUTE = "dispute"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class GatewayEvent:
    """A verified message that something happened; it says where to look, not what is true.

    ``type`` is the provider's own word. ``object_id`` is a session's, a payment's or a
    dispute's id; empty when the event is about none of them.
    """

    id: str
    type: str
    object_id: str
    created: datetime
    livemode: bool


class PaymentGateway(Protocol):
    """A payment provider. What stands on the class is known without asking it.

    Never call an instance inside a transaction. Its methods raise
    ``PaymentUnavailableError`` when no clear answer came (the act may or may not have
    happened: repeat it under the same key) and ``PaymentRefusedError`` when the provider
    said no (nothing happened).

    All providers' ids stand in the same columns: letters, digits, ``-`` and ``_``, at most
    80 of them, and none that another provider could give. A gateway whose provider counts
    from 1 puts its name in front.
    """

    # Names the provider in ledger keys, in its account and in its webhook's address: lower
    # case, for good, as the ledger is public.
    name: ClassVar[str]
    # What givers read: who takes the money, and what one can pay it with.
    label: ClassVar[str | Promise]
    methods: ClassVar[str | Promise]
    # A single payment it takes, in minor units.
    smallest_minor: ClassVar[int]
    largest_minor: ClassVar[int]
    # How long after it was made a payment page may close.
    shortest_page: ClassVar[timedelta]
    longest_page: ClassVar[timedelta]
    # How long a request repeated under its key happens once only.
    repeatable_for: ClassVar[timedelta]

    livemode: bool

    @classmethod
    def configuration(cls) -> Mapping[str, str | None]:
        """Return the arguments to make an instance with, from the settings."""

    @classmethod
    def payment_pages(cls) -> list[str]:
        """Return the origins (``https://host``) of its payment pages."""

    @classmethod
    def is_session(cls, object_id: str) -> bool:
        """Return whether an id is a payment page's; else it is a payment's."""

    @classmethod
    def meaning(cls, event_type: str) -> EventMeaning:
        """Return what an event of this type may have changed."""

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

    def parse_event(self, payload: bytes, headers: Mapping[str, str]) -> GatewayEvent:
        """Verify and read a webhook call; names of ``headers`` are found in any case.

        Raises:
            BadSignatureError: not signed by the provider, too old, or unreadable.
        """
