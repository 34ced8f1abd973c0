"""Payers' disputes at their banks (拒付), which freeze a gift and may take it back."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import TimeStampedModel
from core.money import Money
from donations.states import DisputeStatus


class Dispute(TimeStampedModel):
    """A dispute by the provider's id. While it is open its money cannot be paid out.

    ``match_minor`` is the match that goes back with it. ``covered_minor`` is what a lost
    one took off its purpose's account; the rest had been paid out and is our loss.
    """

    id = models.CharField(primary_key=True, max_length=120)
    payment = models.ForeignKey(
        "donations.Payment", on_delete=models.PROTECT, related_name="disputes"
    )
    amount_minor = models.PositiveBigIntegerField(_("金额（分）"))
    match_minor = models.PositiveBigIntegerField(default=0)
    currency = models.CharField(max_length=3, default="CNY")
    # The provider's code for why, such as fraudulent or duplicate.
    reason = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=6, choices=DisputeStatus, default=DisputeStatus.OPEN)
    opened_at = models.DateTimeField()
    # Until when the provider takes evidence.
    due_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    fee_minor = models.PositiveBigIntegerField(default=0)
    covered_minor = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("支付争议")
        verbose_name_plural = _("支付争议")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="dispute_amount_positive", condition=Q(amount_minor__gt=0)),
            models.CheckConstraint(
                name="dispute_closed_has_time",
                condition=Q(status="open") | Q(closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.id

    def entry_key(self, fact: str) -> str:
        """Return the ledger key of what happened with the disputed money."""
        return f"{self.payment.provider}:{self.pk}:{fact}"

    @property
    def amount(self) -> Money:
        """What the payer wants back."""
        return Money(self.amount_minor, self.currency)
