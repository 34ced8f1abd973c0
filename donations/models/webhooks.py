"""Webhook events as received, kept before they are acted on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.two_people.models import Proposal, proposal_status, two_people
from donations.states import EventStatus, HeldProblem, SettlementKind


class ProviderEvent(models.Model):
    """A verified event by the provider's id. Handlers fetch the current object, not this copy.

    ``provider`` is the gateway's name; ``type`` and ``object_id`` are the provider's words.
    """

    provider = models.CharField(max_length=20)
    id = models.CharField(primary_key=True, max_length=120)
    type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=120)
    livemode = models.BooleanField(default=False)
    created = models.DateTimeField()
    received_at = models.DateTimeField(default=clock.now)
    status = models.CharField(max_length=10, choices=EventStatus, default=EventStatus.RECEIVED)
    problem = models.CharField(max_length=16, choices=HeldProblem, blank=True)
    note = models.CharField(max_length=200, blank=True)
    processed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "donations_stripeevent"  # as it was named when there was one provider
        indexes = [models.Index(name="provider_event_object", fields=["object_id"])]
        constraints = [models.CheckConstraint(name="event_has_provider", condition=~Q(provider=""))]

    def __str__(self) -> str:
        return f"{self.type} {self.id}"


class EventSettlement(Proposal):
    """What a person decided about a held event, with the reason; two people if money moves."""

    event = models.ForeignKey(ProviderEvent, on_delete=models.PROTECT, related_name="settlements")
    kind = models.CharField(_("办法"), max_length=16, choices=SettlementKind)
    reason = models.CharField(_("理由"), max_length=300)
    # What is booked where money moves, as the provider said when it was proposed.
    amount_minor = models.PositiveBigIntegerField(default=0)
    status = proposal_status(confirmed=_("已办结"))

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="settlement_has_reason", condition=~Q(reason="")),
            # An explanation moves nothing and takes one person.
            *two_people("settlement", over_undecided=Q(kind="explained")),
            models.CheckConstraint(
                name="settlement_explained_moves_nothing",
                condition=Q(kind="explained", amount_minor=0)
                | ~Q(kind="explained") & Q(amount_minor__gt=0),
            ),
            models.UniqueConstraint(
                name="settlement_one_standing_per_event",
                fields=["event"],
                condition=~Q(status="refused"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.kind}"
