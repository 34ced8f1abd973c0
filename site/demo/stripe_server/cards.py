"""Stripe's test cards, and what a payer holds up to pay with."""

from dataclasses import dataclass
from typing import Any

from .errors import StripeError

MESSAGES = {
    "card_declined": "Your card was declined.",
    "insufficient_funds": "Your card has insufficient funds.",
    "expired_card": "Your card has expired.",
    "incorrect_cvc": "Your card's security code is incorrect.",
    "processing_error": "An error occurred while processing your card. Try again in a little bit.",
    "incorrect_number": "Your card number is incorrect.",
    "test_mode_live_card": (
        "Your card was declined. Your request was in test mode, but used a non test (live) card. "
        "For a list of valid test cards, visit: https://stripe.com/docs/testing."
    ),
}


@dataclass(frozen=True, slots=True)
class Card:
    """``code`` and ``decline_code`` are those of the refusal, or None for a card that pays.

    ``disputed`` is the reason for which its holder disputes the payment right away.
    """

    number: str
    brand: str = "visa"
    code: str | None = None
    decline_code: str | None = None
    three_d_secure: bool = False
    disputed: str | None = None


@dataclass(frozen=True, slots=True)
class Instrument:
    """``later`` is None for money now, else ``succeed`` or ``fail`` after a delay."""

    kind: str
    card: Card | None = None
    later: str | None = None
    email: str | None = None
    name: str | None = None

    def saved(self) -> dict[str, Any]:
        number = self.card.number if self.card else None
        return {"kind": self.kind, "number": number, "later": self.later,
                "email": self.email, "name": self.name}  # fmt: skip

    @classmethod
    def load(cls, saved: dict[str, Any]) -> "Instrument":
        number = saved["number"]
        rest = {key: saved[key] for key in ("kind", "later", "email", "name")}
        return cls(card=CARDS[number] if number else None, **rest)


CARDS = {
    card.number: card
    for card in (
        Card("4242424242424242"),
        Card("5555555555554444", "mastercard"),
        Card("6200000000000005", "unionpay"),
        Card("4000000000000002", code="card_declined", decline_code="generic_decline"),
        Card("4000000000009995", code="card_declined", decline_code="insufficient_funds"),
        Card("4000000000000069", code="expired_card", decline_code="expired_card"),
        Card("4000000000000127", code="incorrect_cvc", decline_code="incorrect_cvc"),
        Card("4000000000000119", code="processing_error", decline_code="processing_error"),
        Card("4000000000000259", disputed="fraudulent"),
        Card("4000000000002685", disputed="product_not_received"),
        Card("4000002500003155", three_d_secure=True),
        Card("4000002760003184", three_d_secure=True),
        Card("4000008260003178", three_d_secure=True, code="card_declined",
             decline_code="insufficient_funds"),
    )
}  # fmt: skip

PAYMENT_METHODS = {
    "pm_card_visa": "4242424242424242",
    "pm_card_mastercard": "5555555555554444",
    "pm_card_unionpay": "6200000000000005",
    "pm_card_visa_chargeDeclined": "4000000000000002",
    "pm_card_visa_chargeDeclinedInsufficientFunds": "4000000000009995",
    "pm_card_chargeDeclinedExpiredCard": "4000000000000069",
    "pm_card_chargeDeclinedIncorrectCvc": "4000000000000127",
    "pm_card_chargeDeclinedProcessingError": "4000000000000119",
    "pm_card_createDispute": "4000000000000259",
    "pm_card_createDisputeProductNotReceived": "4000000000002685",
    "pm_card_authenticationRequiredOnSetup": "4000002500003155",
    "pm_card_authenticationRequired": "4000002760003184",
    "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds": "4000008260003178",
}


def card_by_number(typed: str) -> Card:
    """The test card with these digits; other numbers are refused as Stripe's test mode does."""
    digits = "".join(char for char in typed if char.isdigit())
    if digits in CARDS:
        return CARDS[digits]
    if not 12 <= len(digits) <= 19 or not _luhn(digits):
        raise refusal("incorrect_number", None, param="number")
    raise refusal("card_declined", "test_mode_live_card")


def refusal(code: str, decline_code: str | None, **details: Any) -> StripeError:
    message = MESSAGES.get(decline_code or "") or MESSAGES[code]
    more = {"decline_code": decline_code} if code == "card_declined" else {}
    return StripeError(
        message, status=402, kind="card_error", code=code, executed=True, **more, **details
    )


def _luhn(digits: str) -> bool:
    total = 0
    for index, char in enumerate(reversed(digits)):
        value = int(char) * (2 if index % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
