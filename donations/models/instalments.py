"""Money that arrived under a pairing agreement."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.money import Money
from core.two_people.models import Proposal, proposal_status, two_people


class Instalment(Proposal):
    """A bank line of a pairing agreement: proposed by one person, confirmed by another."""

    milestone = models.ForeignKey(
        "matching.Milestone", on_delete=models.PROTECT, related_name="instalments"
    )
    amount_minor = models.PositiveBigIntegerField(_("金额（分）"))
    currency = models.CharField(max_length=3, default="CNY")
    bank_reference = models.CharField(_("银行流水号"), max_length=60)
    received_on = models.DateField(_("到账日期"))
    status = proposal_status(confirmed=_("已到账"))

    class Meta:
        verbose_name = _("结对款")
        verbose_name_plural = _("结对款")
        constraints = [
            *two_people("instalment"),
            models.CheckConstraint(
                name="instalment_amount_positive", condition=Q(amount_minor__gt=0)
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
