"""Pay-outs and deliveries."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import codes
from core.crypto import EncryptedTextField
from core.models import TimeStampedModel
from core.money import Money
from core.two_people.models import Proposal, proposal_status, two_people
from donations.states import PayeeKind
from matching.models import Need, PairingAgreement
from matching.models.places import in_language


class Disbursement(Proposal):
    """Money going out for one need or one agreement: proposed by one, approved by another."""

    code = models.CharField(max_length=12, unique=True, default=codes.payout_code)
    need = models.ForeignKey(
        "matching.Need",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="disbursements",
    )
    agreement = models.ForeignKey(
        "matching.PairingAgreement",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="disbursements",
    )
    amount_minor = models.PositiveBigIntegerField(_("金额（分）"))
    currency = models.CharField(max_length=3, default="CNY")
    payee_kind = models.CharField(_("收款方"), max_length=10, choices=PayeeKind)
    payee = EncryptedTextField(_("收款账户"))
    bank_reference = models.CharField(_("银行流水号"), max_length=60, blank=True)
    note = models.CharField(_("用途说明"), max_length=200)
    status = proposal_status(confirmed=_("已拨付"))
    # The last payment of a need that is not fully met: it takes no gifts after this.
    is_final = models.BooleanField(_("最后一笔"), default=False)

    class Meta:
        verbose_name = _("拨付")
        verbose_name_plural = _("拨付")
        ordering = ["-pk"]
        constraints = [
            *two_people("disbursement"),
            models.CheckConstraint(
                name="disbursement_amount_positive", condition=Q(amount_minor__gt=0)
            ),
            models.CheckConstraint(
                name="disbursement_one_purpose",
                condition=Q(need__isnull=False, agreement__isnull=True)
                | Q(need__isnull=True, agreement__isnull=False),
            ),
            models.CheckConstraint(
                name="disbursement_paid_has_bank_line",
                condition=~Q(status="confirmed") | ~Q(bank_reference=""),
            ),
            # One line of the bank statement pays one disbursement.
            models.UniqueConstraint(
                name="disbursement_bank_line_once",
                fields=["bank_reference"],
                condition=Q(status="confirmed"),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def amount(self) -> Money:
        """What goes out."""
        return Money(self.amount_minor, self.currency)

    @property
    def paid_for(self) -> Need | PairingAgreement:
        """The need or the agreement; a constraint sees to it that there is one."""
        row = self.need or self.agreement
        if row is None:
            raise ValueError(f"disbursement {self.code} is for nothing")
        return row


class Delivery(TimeStampedModel):
    """What reached the household, with evidence, confirmed by somebody in the field."""

    need = models.ForeignKey("matching.Need", on_delete=models.PROTECT, related_name="deliveries")
    note = models.CharField(_("送达说明"), max_length=300)
    note_en = models.CharField(_("英文说明"), max_length=400, blank=True)
    delivered_on = models.DateField(_("送达日期"))
    evidence = models.ForeignKey("matching.Evidence", on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    household_confirmed = models.BooleanField(_("受助户已确认"), default=False)

    class Meta:
        verbose_name = _("送达")
        verbose_name_plural = _("送达")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.need_id} {self.delivered_on}"

    @property
    def about(self) -> str:
        """What was delivered, in the language being read."""
        return in_language(self.note, self.note_en)


class DeliveryNotice(models.Model):
    """A giver to be told of a delivery: one row each, so that nobody is told twice."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="notices")
    donor = models.ForeignKey("donations.Donor", on_delete=models.PROTECT, related_name="+")
    # The giver's latest gift to the need; its language is the one they read.
    donation = models.ForeignKey("donations.Donation", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="delivery_notice_once_per_donor", fields=["delivery", "donor"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id} → donor {self.donor_id}"
