"""What money is for: one value that matching, the books and the pages all pass on."""

from dataclasses import dataclass
from enum import StrEnum


class PurposeKind(StrEnum):
    """What money can be for; NOTHING is a gift that only a fund for everything matches."""

    NEED = "need"
    CAMPAIGN = "campaign"
    PAIRING = "pairing"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Purpose:
    """A need, a campaign as a whole, or a pairing agreement; ``id`` is its row's key.

    ``code`` is the public one: a need's or an agreement's code, a campaign's slug.
    ``campaign_id`` is the campaign it counts for, a campaign's own key included.
    ``township_code`` is the 12-digit code of the township it is in, '' for a campaign.
    The ledger account that holds its money is ``donations.chart.fund_of``.
    """

    kind: PurposeKind
    id: int | None
    code: str
    currency: str
    campaign_id: int | None = None
    township_code: str = ""

    @property
    def need_id(self) -> int | None:
        """The need's key; None for anything else."""
        return self.id if self.kind is PurposeKind.NEED else None

    @property
    def agreement_id(self) -> int | None:
        """The agreement's key; None for anything else."""
        return self.id if self.kind is PurposeKind.PAIRING else None


# Of money that is for nothing in particular, or not any more.
NO_PURPOSE = Purpose(PurposeKind.NOTHING, None, "", "")
