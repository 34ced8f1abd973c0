"""Refusals of this app; each carries a translated sentence that says what to do."""

from core.exceptions import ActorRefusedError, RefusedError


class TransitionRefusedError(RefusedError):
    """The move is not in the state table, or not from here."""


class RoleMissingError(ActorRefusedError):
    """The person does not hold the role that this takes, there."""


class PayingSideError(ActorRefusedError):
    """The person stands for the side that pays, and decides nothing for the county."""


class NeedShortfallError(RefusedError):
    """Less is still missing than was asked for."""


class ConsentMissingError(RefusedError):
    """No consent in force covers what was asked."""


class DuplicateHouseholdError(RefusedError):
    """The household's identity is registered already."""


class EvidenceRefusedError(RefusedError):
    """The file is too large, of another kind than it says, or unreadable."""

    status_code = 400


class AgreementRefusedError(RefusedError):
    """A pairing rule said no."""


class FundRefusedError(RefusedError):
    """A match fund's rule contradicts itself, or its money is already promised."""
