"""Money set aside to go back to donors, before the provider is asked to send it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import TimeStampedModel
from donations.states import RefundStatus


class Refund(TimeStampedModel):
    """A refund that we asked for: reserved under the purpose's lock, then sent, then booked.

    While it is reserved its money (and the match that goes back with it) cannot be paid
    out. Refunds begun at the provider's own desk have no row; their booking is the same.
    """

    donation = models.ForeignKey(
        "donations.Donation", on_delete=models.PROTECT, related_name="refunds"
    )
    amount_minor = models.PositiveBigIntegerField(_("金额（分）"))
    match_minor = models.PositiveBigIntegerField(default=0)
    # What the provider has sent back of this gift in all once this refund went through.
    upto_minor = models.PositiveBigIntegerField()
    reason = models.CharField(_("理由"), max_length=200)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(max_length=10, choices=RefundStatus, default=RefundStatus.RESERVED)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("退款")
        verbose_name_plural = _("退款")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="refund_amount_positive", condition=Q(amount_minor__gt=0)),
            models.UniqueConstraint(
                name="refund_one_reserved_per_gift",
                fields=["donation"],
                condition=Q(status="reserved"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.donation_id} {self.amount_minor}"

    @property
    def key(self) -> str:
        """The idempotency key: the same for every try at sending this refund."""
        return f"aixin-refund-{self.donation.code}-{self.pk}"
