"""Gifts in kind, at a valuation that is never added to cash."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import codes
from core.money import Money
from core.two_people.models import Proposal, proposal_status, two_people


class GoodsGift(Proposal):
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
    status = proposal_status(confirmed=_("已入账"))

    class Meta:
        verbose_name = _("物资捐赠")
        verbose_name_plural = _("物资捐赠")
        constraints = [
            *two_people("goods"),
            models.CheckConstraint(
                name="goods_positive", condition=Q(value_minor__gt=0) & Q(quantity__gt=0)
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
