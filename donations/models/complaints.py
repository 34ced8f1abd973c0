"""Complaints and reports from anybody, and what they were told."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import codes
from core.crypto import EncryptedTextField
from core.models import AppendOnlyModel, TimeStampedModel
from donations.states import ComplaintOutcome, ComplaintStatus, ComplaintSubject


class Complaint(TimeStampedModel):
    """What somebody reports, and how to reach them if they like; both encrypted.

    ``reference`` is what it is about as strangers know it: a need's code, a receipt's
    number, a campaign's slug. The row it names is kept beside it.
    """

    code = models.CharField(max_length=14, unique=True, default=codes.complaint_code)
    about = models.CharField(_("事由"), max_length=10, choices=ComplaintSubject)
    reference = models.CharField(_("相关编号"), max_length=60, blank=True)
    need = models.ForeignKey(
        "matching.Need", null=True, blank=True, on_delete=models.PROTECT, related_name="complaints"
    )
    donation = models.ForeignKey(
        "donations.Donation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    campaign = models.ForeignKey(
        "matching.Campaign", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    body = EncryptedTextField(_("情况说明"))
    contact = EncryptedTextField(_("联系方式"), blank=True)
    status = models.CharField(
        max_length=10, choices=ComplaintStatus, default=ComplaintStatus.OPEN, editable=False
    )
    # The last day for the first reply.
    due_on = models.DateField(_("答复期限"))
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    outcome = models.CharField(max_length=10, choices=ComplaintOutcome, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("投诉举报")
        verbose_name_plural = _("投诉举报")
        ordering = ["-pk"]
        indexes = [
            models.Index(name="complaint_due", fields=["due_on"], condition=~Q(status="closed"))
        ]
        constraints = [
            models.CheckConstraint(
                name="complaint_closed_on_record",
                condition=~Q(status="closed")
                | ~Q(outcome="") & Q(closed_by__isnull=False, closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="complaint_answered_has_time",
                condition=Q(status="open") | Q(answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ComplaintReply(AppendOnlyModel):
    """What whoever complained was told; the last one says why it was closed. Append-only."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="replies")
    text = models.CharField(_("答复"), max_length=1000)
    outcome = models.CharField(max_length=10, choices=ComplaintOutcome, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.at:%Y-%m-%d}"
