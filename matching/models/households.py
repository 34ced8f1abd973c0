"""Households: what may be worked with, what is locked away, and what they agreed to."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock, codes
from core.crypto import EncryptedTextField
from core.models import TimeStampedModel
from matching.states import ConsentScope


class Household(TimeStampedModel):
    """A registered household by code. Nothing here says who it is.

    Who it is stands in ``HouseholdIdentity``, in a table of its own. Neither is ever a
    Wagtail snippet: a revision keeps every field as JSON, and with it the clear text.
    """

    class SizeBand(models.TextChoices):
        """How many people, coarsely."""

        ONE = "1", _("1 人")
        FEW = "2-3", _("2–3 人")
        SEVERAL = "4-5", _("4–5 人")
        MANY = "6+", _("6 人以上")

    code = models.CharField(max_length=12, unique=True, default=codes.household_code)
    village = models.ForeignKey(
        "matching.Village", on_delete=models.PROTECT, related_name="households"
    )
    size_band = models.CharField(_("家庭人口"), max_length=4, choices=SizeBand)
    has_minors = models.BooleanField(_("有未成年人"), default=False)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("农户")
        verbose_name_plural = _("农户")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.code


class HouseholdIdentity(models.Model):
    """Who the household is. Encrypted; read only on the desk, and each reading is audited."""

    household = models.OneToOneField(
        Household, on_delete=models.CASCADE, primary_key=True, related_name="identity"
    )
    head_name = EncryptedTextField(_("户主姓名"))
    id_number = EncryptedTextField(_("身份证号"))
    phone = EncryptedTextField(_("联系电话"), blank=True)
    address = EncryptedTextField(_("住址"), blank=True)
    bank_card = EncryptedTextField(_("收款卡号"), blank=True)
    # Equal numbers share it, so one household is registered once.
    id_number_index = models.CharField(max_length=64, unique=True, editable=False)

    def __str__(self) -> str:
        return self.household.code


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Filters on consents."""

    def in_force(self, scope: ConsentScope) -> "ConsentQuerySet":
        """Consents of that scope, given, not withdrawn and not expired today."""
        today = clock.today()
        return self.filter(
            Q(expires_on__isnull=True) | Q(expires_on__gte=today),
            scope=scope,
            given_on__lte=today,
            withdrawn_at__isnull=True,
        )


class Consent(TimeStampedModel):
    """What a household agreed to, how, and until when; withdrawn at any time."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="consents")
    scope = models.CharField(_("同意范围"), max_length=20, choices=ConsentScope)
    channel = models.CharField(_("取得方式"), max_length=60)
    given_on = models.DateField(_("同意日期"))
    expires_on = models.DateField(_("有效期至"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("知情同意")
        verbose_name_plural = _("知情同意")
        constraints = [
            models.CheckConstraint(
                name="consent_expires_after_given",
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("given_on")),
            ),
            models.UniqueConstraint(
                name="consent_one_in_force_per_scope",
                fields=["household", "scope"],
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.scope}"
