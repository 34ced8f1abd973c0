"""Receipts with gapless numbers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock, codes


class ReceiptCounter(models.Model):
    """The last number given out in a year; the row is locked while a number is taken."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Receipt(models.Model):
    """An acknowledgement of a gift: ``AX2026-00000042``, without gaps within a year.

    It is not the finance bureau's official donation invoice (公益事业捐赠票据); its text
    says so.
    """

    number = models.CharField(max_length=20, unique=True)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    donation = models.OneToOneField(
        "donations.Donation", on_delete=models.PROTECT, related_name="receipt"
    )
    verification_code = models.CharField(
        max_length=24, unique=True, default=codes.verification_code
    )
    issued_at = models.DateTimeField(default=clock.now)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("收据")
        verbose_name_plural = _("收据")
        constraints = [
            models.UniqueConstraint(name="receipt_serial_once", fields=["year", "serial"])
        ]

    def __str__(self) -> str:
        return self.number
