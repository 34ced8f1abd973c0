"""Gifts in kind, at a valuation that is never added to cash."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import codes
from core.models import TimeStampedModel
from core.money import Money


class GoodsGift(TimeStampedModel):
    """Goods received for a campaign, valued by one person and confirmed by another."""

    code = models.CharField(max_length=20, unique=True, default=codes.donation_code)
    campaign = models.ForeignKey(
        "matching.Campaign", on_delete=models.PROTECT, related_name="goods_gifts"
    )
    village = models.ForeignKey("matching.Village", on_delete=models.PROTECT, related_name="+")
    giver_name = models.CharField(_("公开称呼"), max_length=60, blank=True)
    description = models.CharField(_("物资说明"), max_length=120)
    quantity = models.PositiveIntegerField(_("数量"))
    unit = models.CharField(_("单位"), max_length=12)
    value_minor = models.PositiveBigIntegerField(_("估值（分）"))
    currency = models.CharField(max_length=3, default="CNY")
    valuation_basis = models.CharField(_("估值依据"), max_length=120)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    refused_at = models.DateTimeField(null=True, blank=True)
    refusal_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("物资捐赠")
        verbose_name_plural = _("物资捐赠")
        constraints = [
            models.CheckConstraint(
                name="goods_positive", condition=Q(value_minor__gt=0) & Q(quantity__gt=0)
            ),
            models.CheckConstraint(
                name="goods_two_people",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("recorded_by")),
            ),
            models.CheckConstraint(
                name="goods_refused_by_another",
                condition=Q(refused_by__isnull=True) | ~Q(refused_by=F("recorded_by")),
            ),
            models.CheckConstraint(
                name="goods_one_decision",
                condition=Q(confirmed_by__isnull=True) | Q(refused_by__isnull=True),
            ),
            models.CheckConstraint(
                name="goods_valuation_has_basis", condition=~Q(valuation_basis="")
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def value(self) -> Money:
        """What the goods are valued at."""
        return Money(self.value_minor, self.currency)
