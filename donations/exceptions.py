"""Refusals of this app; each carries a translated sentence that says what to do."""

from core.exceptions import RefusedError
from donations.states import HeldProblem


class GiftRefusedError(RefusedError):
    """The gift cannot be taken as asked (amount, need no longer open, campaign over)."""

    status_code = 400


class MatchLostError(RefusedError):
    """The promised match is gone; the donor may waive it and go on."""


class PaymentUnavailableError(RefusedError):
    """The payment provider did not answer; nothing was charged."""

    status_code = 503


class PaymentRefusedError(RefusedError):
    """The payment provider understood and said no; nothing was charged."""

    status_code = 400


class EventHeldError(Exception):
    """What the provider reports contradicts our record; a person has to look.

    ``problem`` is a ``HeldProblem`` for the money desk, the message says the particulars.
    """

    def __init__(self, message: str, problem: HeldProblem) -> None:
        super().__init__(message)
        self.problem = problem


class SettlementRefusedError(RefusedError):
    """The event is settled already, or what it says does not call for this."""


class BadSignatureError(Exception):
    """A webhook that the provider did not sign."""


class UnbalancedEntryError(ValueError):
    """Legs of an entry do not sum to zero in every currency."""


class EntryKeyReusedError(ValueError):
    """A ledger key that already stands for other legs."""


class PayoutRefusedError(RefusedError):
    """A pay-out of more than is there, of what takes none, or with words that identify."""


class DeliveryRefusedError(RefusedError):
    """A delivery before the pay-out, on a day that cannot be, or with words that identify."""


class InstalmentRefusedError(RefusedError):
    """A bank line that is recorded otherwise, or cannot be."""


class GoodsRefusedError(RefusedError):
    """Goods without basis or substance, or of another place than their campaign."""


class ComplaintRefusedError(RefusedError):
    """Nothing said, an unknown reference, or a complaint that is closed already."""
