"""Publicity (公示): a masked notice that stands for a while, and objections to it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import codes
from core.crypto import EncryptedTextField
from core.models import TimeStampedModel
from matching.models.places import in_language
from matching.states import NoticeStatus, ObjectionStatus


class PublicityNotice(TimeStampedModel):
    """What the public sees of a need while it stands. Its text is redacted when it ends."""

    code = models.CharField(max_length=12, unique=True, default=codes.notice_code)
    need = models.ForeignKey("matching.Need", on_delete=models.PROTECT, related_name="notices")
    title = models.CharField(_("公示标题"), max_length=120)
    title_en = models.CharField(max_length=160, blank=True)
    # Surname and coarse facts only, such as «张** 家，4–5 人»; emptied at the end.
    subject = models.CharField(_("公示对象"), max_length=60, blank=True)
    opens_at = models.DateTimeField(_("公示开始"))
    closes_at = models.DateTimeField(_("公示结束"))
    status = models.CharField(max_length=8, choices=NoticeStatus, default=NoticeStatus.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("公示")
        verbose_name_plural = _("公示")
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                name="notice_closes_after_open", condition=Q(closes_at__gt=F("opens_at"))
            ),
            models.CheckConstraint(
                name="notice_redacted_once_closed", condition=Q(status="open") | Q(subject="")
            ),
            models.UniqueConstraint(
                name="notice_one_open_per_need", fields=["need"], condition=Q(status="open")
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> str:
        """The title in the language being read."""
        return in_language(self.title, self.title_en)


class Objection(TimeStampedModel):
    """What somebody says against a notice, resolved on the record."""

    code = models.CharField(max_length=14, unique=True, default=codes.objection_code)
    notice = models.ForeignKey(PublicityNotice, on_delete=models.PROTECT, related_name="objections")
    body = EncryptedTextField(_("异议内容"))
    contact = EncryptedTextField(_("联系方式"), blank=True)
    status = models.CharField(max_length=10, choices=ObjectionStatus, default=ObjectionStatus.OPEN)
    resolution = models.TextField(_("处理说明"), blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("异议")
        verbose_name_plural = _("异议")
        constraints = [
            models.CheckConstraint(
                name="objection_resolved_on_record",
                condition=Q(status="open")
                | (~Q(resolution="") & Q(resolved_by__isnull=False) & Q(resolved_at__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return self.code
