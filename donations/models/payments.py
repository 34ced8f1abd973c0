"""Attempts to collect a gift through a provider."""

from django.db import models
from django.db.models import Q

from core.models import TimeStampedModel
from donations import chart
from donations.states import PaymentStatus


class Payment(TimeStampedModel):
    """One attempt: its payment page at a provider, and later its intent, charge and fee.

    ``provider`` is the gateway's name; all that the attempt leads to stays with it.
    """

    donation = models.ForeignKey(
        "donations.Donation", on_delete=models.PROTECT, related_name="payments"
    )
    attempt = models.PositiveSmallIntegerField(default=1)
    provider = models.CharField(max_length=20)
    status = models.CharField(max_length=10, choices=PaymentStatus, default=PaymentStatus.CREATED)
    session_id = models.CharField(max_length=120, unique=True, null=True, blank=True)
    session_url = models.URLField(max_length=500, blank=True)
    intent_id = models.CharField(max_length=120, unique=True, null=True, blank=True)
    charge_id = models.CharField(max_length=120, unique=True, null=True, blank=True)
    method = models.CharField(max_length=20, blank=True)
    fee_minor = models.PositiveBigIntegerField(null=True, blank=True)
    refunded_minor = models.PositiveBigIntegerField(default=0)
    # Of that, what banks sent back to us; it is held for its donor under ``funds:returned``.
    returned_minor = models.PositiveBigIntegerField(default=0)
    # What payers took back through their banks (lost disputes); never part of the refunds.
    lost_minor = models.PositiveBigIntegerField(default=0)
    expires_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                name="payment_unsettled",
                fields=["expires_at"],
                condition=Q(status__in=["created", "open", "processing"]),
            )
        ]
        constraints = [
            models.CheckConstraint(name="payment_has_provider", condition=~Q(provider="")),
            models.UniqueConstraint(name="payment_attempt_once", fields=["donation", "attempt"]),
            models.UniqueConstraint(
                name="payment_one_success",
                fields=["donation"],
                condition=Q(status="succeeded"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.donation_id}/{self.attempt}"

    @property
    def gone_minor(self) -> int:
        """What left again, sent back by us or taken back through a bank."""
        return self.refunded_minor + self.lost_minor

    @property
    def account(self) -> str:
        """The ledger account of what lies with its provider."""
        return chart.provider_balance(self.provider)

    def entry_key(self, fact: str) -> str:
        """Return the ledger key of what happened with the money of this attempt."""
        return f"{self.provider}:{self.charge_id}:{fact}"

    @property
    def idempotency_key(self) -> str:
        """The same for every retry of this attempt, so that the provider acts once."""
        return f"aixin-session-{self.donation.code}-{self.attempt}"
