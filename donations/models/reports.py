"""Transparency reports as published."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from donations.states import ReportKind


class PublishedReport(models.Model):
    """A report built from the ledger up to one seal; kept as built, versions follow."""

    kind = models.CharField(_("类型"), max_length=10, choices=ReportKind)
    # «2026-10» for a month, the slug for a campaign.
    subject = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    campaign = models.ForeignKey(
        "matching.Campaign", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    data = models.JSONField()
    sha256 = models.CharField(max_length=64)
    sealed_sequence = models.PositiveBigIntegerField(default=0)
    built_at = models.DateTimeField(default=clock.now)
    note = models.CharField(_("更正说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("透明报告")
        verbose_name_plural = _("透明报告")
        ordering = ["-built_at"]
        constraints = [
            models.UniqueConstraint(
                name="report_version_once", fields=["kind", "subject", "version"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} v{self.version}"
