"""Webhook events as received, kept before they are acted on."""

from django.db import models

from core import clock
from donations.states import EventStatus


class StripeEvent(models.Model):
    """A verified event by Stripe's id. Handlers fetch the current object, not this copy."""

    id = models.CharField(primary_key=True, max_length=120)
    type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=120)
    livemode = models.BooleanField(default=False)
    created = models.DateTimeField()
    received_at = models.DateTimeField(default=clock.now)
    status = models.CharField(max_length=10, choices=EventStatus, default=EventStatus.RECEIVED)
    note = models.CharField(max_length=200, blank=True)
    processed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(name="stripe_event_object", fields=["object_id"])]

    def __str__(self) -> str:
        return f"{self.type} {self.id}"
