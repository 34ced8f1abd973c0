"""Money that arrived under a pairing agreement."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import TimeStampedModel
from core.money import Money
from donations.states import InstalmentStatus


class Instalment(TimeStampedModel):
    """A bank line of a pairing agreement: recorded by one person, confirmed by another."""

    milestone = models.ForeignKey(
        "matching.Milestone", on_delete=models.PROTECT, related_name="instalments"
    )
    amount_minor = models.PositiveBigIntegerField(_("金额（分）"))
    currency = models.CharField(max_length=3, default="CNY")
    bank_reference = models.CharField(_("银行流水号"), max_length=60)
    received_on = models.DateField(_("到账日期"))
    status = models.CharField(
        max_length=10, choices=InstalmentStatus, default=InstalmentStatus.RECORDED
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    refusal_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("结对款")
        verbose_name_plural = _("结对款")
        constraints = [
            models.CheckConstraint(
                name="instalment_amount_positive", condition=Q(amount_minor__gt=0)
            ),
            models.CheckConstraint(
                name="instalment_two_people",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("recorded_by")),
            ),
            models.CheckConstraint(
                name="instalment_decided_on_record",
                condition=Q(status="recorded")
                | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            # A refused record leaves its bank line free to be recorded rightly.
            models.UniqueConstraint(
                name="instalment_bank_line_once",
                fields=["bank_reference"],
                condition=~Q(status="refused"),
            ),
        ]

    def __str__(self) -> str:
        return self.bank_reference

    @property
    def amount(self) -> Money:
        """What arrived."""
        return Money(self.amount_minor, self.currency)
