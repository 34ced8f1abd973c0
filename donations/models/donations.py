"""Gifts of money and the record of every change of state."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import codes
from core.models import AppendOnlyModel, TimeStampedModel
from core.money import Money
from donations.states import DonationSource, DonationStatus
from matching.models import Campaign, Need


class Donation(TimeStampedModel):
    """A gift of money to one need, or to a campaign for its fund officers to allocate.

    ``promised_match_minor`` is what the donor was shown and agreed to; ``matched_minor``
    is what was captured. A charge is only made while the promise is held in full or
    ``match_waived_at`` is set.
    """

    code = models.CharField(max_length=20, unique=True, default=codes.donation_code)
    # From the form: a second submission of the same form finds the first gift.
    client_token = models.UUIDField(unique=True, default=uuid.uuid4)
    donor = models.ForeignKey("donations.Donor", on_delete=models.PROTECT, related_name="donations")
    need = models.ForeignKey(
        "matching.Need",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="donations",
    )
    campaign = models.ForeignKey(
        "matching.Campaign",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="donations",
    )
    amount_minor = models.PositiveBigIntegerField(_("金额（分）"))
    currency = models.CharField(max_length=3, default="CNY")
    is_anonymous = models.BooleanField(_("匿名"), default=False)
    display_name = models.CharField(_("公开称呼"), max_length=30, blank=True)
    message = models.CharField(_("留言"), max_length=140, blank=True)
    source = models.CharField(max_length=8, choices=DonationSource, default=DonationSource.ONLINE)
    status = models.CharField(
        max_length=10, choices=DonationStatus, default=DonationStatus.PENDING, editable=False
    )
    promised_match_minor = models.PositiveBigIntegerField(default=0, editable=False)
    matched_minor = models.PositiveBigIntegerField(default=0, editable=False)
    match_waived_at = models.DateTimeField(null=True, blank=True, editable=False)
    # How the match came about, for the donor: see matching.funds.engine.explain.
    match_explanation = models.JSONField(default=list, editable=False)
    language = models.CharField(max_length=10, default="zh-hans")
    collected_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("捐赠")
        verbose_name_plural = _("捐赠")
        ordering = ["-pk"]
        indexes = [
            models.Index(name="donation_need_status", fields=["need", "status"]),
            models.Index(name="donation_campaign_collected", fields=["campaign", "-collected_at"]),
            models.Index(
                name="donation_pending", fields=["updated_at"], condition=Q(status="pending")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="donation_amount_positive", condition=Q(amount_minor__gt=0)
            ),
            models.CheckConstraint(
                name="donation_has_purpose",
                condition=Q(need__isnull=False) | Q(campaign__isnull=False),
            ),
            models.CheckConstraint(
                name="donation_collected_has_time",
                condition=~Q(status__in=["collected", "refunded"]) | Q(collected_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def given_for(self) -> Need | Campaign:
        """The need, or the campaign as a whole; a constraint sees to it that there is one."""
        row = self.need or self.campaign
        if row is None:
            raise ValueError(f"{self.code} is for nothing")
        return row

    @property
    def amount(self) -> Money:
        """What was given."""
        return Money(self.amount_minor, self.currency)

    @property
    def matched(self) -> Money:
        """What match funds added."""
        return Money(self.matched_minor, self.currency)


class DonationEvent(AppendOnlyModel):
    """One change of a gift's state and what caused it. Append-only."""

    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="events")
    old_status = models.CharField(max_length=10, choices=DonationStatus)
    new_status = models.CharField(max_length=10, choices=DonationStatus)
    cause = models.CharField(max_length=120)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.donation_id}: {self.old_status} → {self.new_status}"
