"""Donors, with or without an account."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.crypto import EncryptedTextField
from core.models import TimeStampedModel


class Donor(TimeStampedModel):
    """Somebody who gives, known by e-mail address; the address is encrypted."""

    email = EncryptedTextField(_("电子邮箱"))
    # Equal addresses share it: one donor, and the key of per-day match caps.
    email_index = models.CharField(max_length=64, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="donor",
    )
    # Set where the donor gives for an organisation: its own fund must not match it.
    organisation = models.ForeignKey(
        "matching.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    language = models.CharField(max_length=10, default="zh-hans")

    class Meta:
        verbose_name = _("捐赠人")
        verbose_name_plural = _("捐赠人")

    def __str__(self) -> str:
        return f"donor {self.pk}"
