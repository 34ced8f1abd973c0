"""Match funds (配捐), their slots, and what they promised to which gift."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock, codes
from core.models import TimeStampedModel
from core.money import Money
from matching.models.places import in_language
from matching.states import Category, FundScope, FundStatus, ReservationState


class MatchFund(TimeStampedModel):
    """A sponsor's promise to match gifts by rule, never beyond ``authorised_minor``.

    Always: authorised = Σ slots' remaining + Σ held and captured reservations.
    """

    code = models.CharField(max_length=12, unique=True, default=codes.fund_code)
    sponsor = models.ForeignKey(
        "matching.Organisation", on_delete=models.PROTECT, related_name="match_funds"
    )
    name = models.CharField(_("基金名称"), max_length=80)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    currency = models.CharField(max_length=3, default="CNY")
    authorised_minor = models.PositiveBigIntegerField(_("授权总额（分）"))
    ratio_percent = models.PositiveSmallIntegerField(
        _("配捐比例（%）"),
        default=100,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
    )
    min_gift_minor = models.PositiveBigIntegerField(_("起配金额（分）"), default=100)
    gift_cap_minor = models.PositiveBigIntegerField(_("单笔上限（分）"), null=True, blank=True)
    donor_day_cap_minor = models.PositiveBigIntegerField(
        _("每人每日上限（分）"), null=True, blank=True
    )
    opens_at = models.DateTimeField(_("开始时间"))
    closes_at = models.DateTimeField(_("结束时间"))
    scope = models.CharField(_("适用范围"), max_length=10, choices=FundScope, default=FundScope.ALL)
    scope_category = models.CharField(max_length=12, choices=Category, blank=True)
    scope_region = models.ForeignKey(
        "matching.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    scope_campaign = models.ForeignKey(
        "matching.Campaign", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    priority = models.PositiveSmallIntegerField(_("优先级（小者先用）"), default=100)
    slot_count = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=8, choices=FundStatus, default=FundStatus.ACTIVE)
    rules_version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("配捐基金")
        verbose_name_plural = _("配捐基金")
        ordering = ["priority", "pk"]
        constraints = [
            models.CheckConstraint(
                name="match_fund_window", condition=Q(closes_at__gt=F("opens_at"))
            ),
            models.CheckConstraint(
                name="match_fund_amounts_positive",
                condition=Q(authorised_minor__gt=0)
                & Q(ratio_percent__gt=0)
                & Q(slot_count__gt=0)
                & (Q(gift_cap_minor__isnull=True) | Q(gift_cap_minor__gt=0))
                & (Q(donor_day_cap_minor__isnull=True) | Q(donor_day_cap_minor__gt=0)),
            ),
            models.CheckConstraint(
                name="match_fund_scope_complete",
                condition=Q(scope="all")
                | (Q(scope="category") & ~Q(scope_category=""))
                | (Q(scope="region") & Q(scope_region__isnull=False))
                | (Q(scope="campaign") & Q(scope_campaign__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language being read."""
        return in_language(self.name, self.name_en)

    @property
    def authorised(self) -> Money:
        """The whole promise."""
        return Money(self.authorised_minor, self.currency)


class MatchFundSlot(models.Model):
    """A share of what a fund has left. One slot ordinarily, 64 where a fund is hot."""

    fund = models.ForeignKey(MatchFund, on_delete=models.PROTECT, related_name="slots")
    slot = models.PositiveSmallIntegerField()
    remaining_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="match_slot_once", fields=["fund", "slot"]),
            models.CheckConstraint(
                name="match_slot_never_negative", condition=Q(remaining_minor__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund_id}/{self.slot}"


class MatchReservation(models.Model):
    """Match money promised to one gift by one fund: held on a lease, then captured or released.

    ``reference`` is the gift's code; this layer does not know gifts. What counts against
    the fund is ``amount_minor - reversed_minor`` of the held and captured rows.
    """

    fund = models.ForeignKey(MatchFund, on_delete=models.PROTECT, related_name="reservations")
    reference = models.CharField(max_length=40)
    donor_key = models.CharField(max_length=64)
    # Whose room the match took; it is given back with the match. Unindexed: needs stay.
    need = models.ForeignKey(
        "matching.Need", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    gift_minor = models.PositiveBigIntegerField()
    amount_minor = models.BigIntegerField()
    # Given back to the fund after capture, when the gift was refunded.
    reversed_minor = models.PositiveBigIntegerField(default=0)
    currency = models.CharField(max_length=3, default="CNY")
    # The programme's calendar day the donor's cap counts it on.
    counted_on = models.DateField()
    state = models.CharField(max_length=8, choices=ReservationState, default=ReservationState.HELD)
    lease_until = models.DateTimeField()
    rules_version = models.PositiveSmallIntegerField()
    # What limited it, for the explanation: none, gift_cap, donor_day_cap, fund_empty, need_full.
    limited_by = models.CharField(max_length=16, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                name="reservation_lease", fields=["lease_until"], condition=Q(state="held")
            ),
            models.Index(name="reservation_reference", fields=["reference"]),
        ]
        constraints = [
            # A released one may be followed by another; two live ones may not coexist.
            models.UniqueConstraint(
                name="reservation_one_live_per_gift_and_fund",
                fields=["reference", "fund"],
                condition=Q(state__in=["held", "captured"]),
            ),
            models.CheckConstraint(
                name="reservation_amount_positive", condition=Q(amount_minor__gt=0)
            ),
            models.CheckConstraint(
                name="reservation_reversed_within_captured",
                condition=Q(reversed_minor=0)
                | Q(state="captured", reversed_minor__lte=F("amount_minor")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.amount_minor} {self.state}"


class DonorDayUse(models.Model):
    """How much a fund promised one donor on one day; the row the cap is kept by."""

    fund = models.ForeignKey(MatchFund, on_delete=models.PROTECT, related_name="+")
    donor_key = models.CharField(max_length=64)
    day = models.DateField()
    used_minor = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="donor_day_once", fields=["fund", "donor_key", "day"]),
            models.CheckConstraint(name="donor_day_never_negative", condition=Q(used_minor__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.fund_id} {self.day}"
