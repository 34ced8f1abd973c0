"""Webhook events as received, kept before they are acted on."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.models import TimeStampedModel
from donations.states import EventStatus, HeldProblem, SettlementKind, SettlementStatus


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


class EventSettlement(TimeStampedModel):
    """What a person decided about a held event, with the reason; two people if money moves."""

    event = models.ForeignKey(ProviderEvent, on_delete=models.PROTECT, related_name="settlements")
    kind = models.CharField(_("办法"), max_length=16, choices=SettlementKind)
    reason = models.CharField(_("理由"), max_length=300)
    # What is booked where money moves, as the provider said when it was proposed.
    amount_minor = models.PositiveBigIntegerField(default=0)
    status = models.CharField(
        max_length=10, choices=SettlementStatus, default=SettlementStatus.PROPOSED
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    refusal_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="settlement_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="settlement_two_people_move_money",
                condition=Q(kind="explained", amount_minor=0)
                | Q(amount_minor__gt=0, decided_by__isnull=True)
                | Q(amount_minor__gt=0) & ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="settlement_decided_on_record",
                condition=Q(status="proposed")
                | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="settlement_one_standing_per_event",
                fields=["event"],
                condition=~Q(status="refused"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.kind}"
