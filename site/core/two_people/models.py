"""The fields and constraints of whatever one person proposes and another decides."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise

from core import clock
from core.accounts.models import User
from core.models import TimeStampedModel
from core.two_people.states import ProposalStatus

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class ProposalQuerySet(models.QuerySet[Row_co]):
    """Filters by where a proposal stands and whose it is."""

    def waiting(self) -> Self:
        """Return what nobody has decided."""
        return self.filter(status=ProposalStatus.PROPOSED)

    def over(self) -> Self:
        """Return what waits no longer."""
        return self.exclude(status=ProposalStatus.PROPOSED)

    def of_others(self, user: User) -> Self:
        """Return what somebody else proposed."""
        return self.exclude(proposed_by=user)


class Proposal(TimeStampedModel):
    """What one person proposes and another decides.

    Only ``core.two_people.services`` writes these fields. A model that lives on after the
    decision has a ``status`` of its own, which begins with ``proposed``; ``DECIDED_AS``
    says what each decision makes of it.
    """

    DECIDED_AS: ClassVar[Mapping[ProposalStatus, str]] = {
        ProposalStatus.CONFIRMED: ProposalStatus.CONFIRMED,
        ProposalStatus.REFUSED: ProposalStatus.REFUSED,
    }

    status = models.CharField(
        max_length=10, choices=ProposalStatus, default=ProposalStatus.PROPOSED
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    refusal_reason = models.CharField(max_length=200, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has decided it yet."""
        return self.status == ProposalStatus.PROPOSED

    def waits_for_others_than(self, user: User) -> bool:
        """Return whether it waits, and not for this person: it is their own."""
        return self.is_waiting and self.proposed_by_id == user.pk

    def may_be_decided_by(self, user: User) -> bool:
        """Return whether it waits and somebody else proposed it; their role is not asked."""
        return self.is_waiting and self.proposed_by_id != user.pk


def proposal_status(*, confirmed: str | Promise) -> "models.CharField[Any, Any]":
    """Return the status field of a proposal whose confirmation has a word of its own."""
    choices = [
        (status.value, confirmed if status == ProposalStatus.CONFIRMED else status.label)
        for status in ProposalStatus
    ]
    return models.CharField(max_length=10, choices=choices, default=ProposalStatus.PROPOSED)


def two_people(
    name: str, *, over_undecided: Q | None = None
) -> list[models.CheckConstraint | models.UniqueConstraint]:
    """Return the constraints that hold the rule in the database.

    ``over_undecided`` tells rows that may be over though nobody decided them: nothing
    moves by them, or their own side took them back.
    """
    waiting = Q(status=ProposalStatus.PROPOSED.value)
    undecided = Q(decided_by__isnull=True)
    on_record = (waiting & undecided) | (~waiting & ~undecided)
    if over_undecided is not None:
        on_record |= over_undecided & ~waiting
    return [
        models.CheckConstraint(
            name=f"{name}_two_people", condition=undecided | ~Q(decided_by=F("proposed_by"))
        ),
        models.CheckConstraint(
            name=f"{name}_decided_together",
            condition=Q(decided_by__isnull=True, decided_at__isnull=True)
            | Q(decided_by__isnull=False, decided_at__isnull=False),
        ),
        models.CheckConstraint(name=f"{name}_decided_on_record", condition=on_record),
        models.CheckConstraint(
            name=f"{name}_refused_with_reason",
            condition=~Q(status=ProposalStatus.REFUSED.value) | ~Q(refusal_reason=""),
        ),
    ]
