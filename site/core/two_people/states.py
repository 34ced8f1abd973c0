"""The state table of a proposal, readable by anyone."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProposalStatus(models.TextChoices):
    """What one person proposes and another decides, once."""

    PROPOSED = "proposed", _("待复核")
    CONFIRMED = "confirmed", _("已通过")
    REFUSED = "refused", _("已驳回")


P = ProposalStatus
PROPOSAL_TRANSITIONS: dict[ProposalStatus, frozenset[ProposalStatus]] = {
    P.PROPOSED: frozenset({P.CONFIRMED, P.REFUSED}),
    P.CONFIRMED: frozenset(),
    P.REFUSED: frozenset(),
}
