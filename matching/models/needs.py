"""Needs, their items, and the record of every move."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import codes
from core.models import AppendOnlyModel, TimeStampedModel
from core.money import Money
from matching.models.households import Consent
from matching.models.places import in_language
from matching.purpose import Purpose, PurposeKind
from matching.states import (
    PUBLIC_STATUSES,
    Category,
    Cause,
    ConsentScope,
    Decision,
    Kind,
    NeedStatus,
)


class NeedQuerySet(models.QuerySet["Need"]):
    """Filters on needs; each says what a reader may rely on."""

    def public(self) -> "NeedQuerySet":
        """Needs a stranger may see: published, and the household's consent still stands."""
        consents = Consent.objects.in_force(ConsentScope.PUBLISH_NEED)
        return self.filter(
            Exists(consents.filter(household=OuterRef("household"))),
            status__in=PUBLIC_STATUSES,
        )

    def open(self) -> "NeedQuerySet":
        """Needs that take gifts."""
        return self.public().filter(status=NeedStatus.PUBLISHED)

    def for_cards(self) -> "NeedQuerySet":
        """Joined with all that a card reads."""
        return self.select_related("village__region__parent", "project__charity")


class Need(TimeStampedModel):
    """Something a household needs, with the sum it takes, on its way to being met.

    ``committed_minor`` counts money promised to it: gifts being paid, gifts collected and
    their matches. ``collected_minor`` counts what arrived. Only ``matching.needs.services.needs``
    and ``matching.needs.services.funding`` change them. Titles and summaries must not
    identify anybody: verification checks them and the public sees nothing else.
    """

    code = models.CharField(max_length=12, unique=True, default=codes.need_code)
    household = models.ForeignKey(
        "matching.Household", on_delete=models.PROTECT, related_name="needs"
    )
    village = models.ForeignKey("matching.Village", on_delete=models.PROTECT, related_name="needs")
    project = models.ForeignKey("matching.Project", on_delete=models.PROTECT, related_name="needs")
    campaign = models.ForeignKey(
        "matching.Campaign", null=True, blank=True, on_delete=models.PROTECT, related_name="needs"
    )
    kind = models.CharField(_("形式"), max_length=8, choices=Kind, default=Kind.MONEY)
    category = models.CharField(_("类别"), max_length=12, choices=Category)
    cause = models.CharField(_("致困原因"), max_length=16, choices=Cause)
    title = models.CharField(_("标题"), max_length=60)
    title_en = models.CharField(_("英文标题"), max_length=120, blank=True)
    summary = models.TextField(_("说明"), max_length=1000)
    summary_en = models.TextField(_("英文说明"), max_length=2000, blank=True)
    currency = models.CharField(max_length=3, default="CNY")
    target_minor = models.PositiveBigIntegerField(_("所需金额（分）"))
    committed_minor = models.PositiveBigIntegerField(default=0, editable=False)
    collected_minor = models.PositiveBigIntegerField(default=0, editable=False)
    status = models.CharField(
        _("状态"), max_length=20, choices=NeedStatus, default=NeedStatus.DRAFT, editable=False
    )
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    # Counts submissions: a need sent back starts a new round of the chain.
    round = models.PositiveSmallIntegerField(default=1, editable=False)
    verified_at = models.DateTimeField(_("核实时间"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("完成时间"), null=True, blank=True, editable=False)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("需求")
        verbose_name_plural = _("需求")
        ordering = ["-pk"]
        indexes = [
            models.Index(name="need_status_published", fields=["status", "-published_at"]),
            models.Index(name="need_village_status", fields=["village", "status"]),
        ]
        constraints = [
            models.CheckConstraint(name="need_target_positive", condition=Q(target_minor__gt=0)),
            models.CheckConstraint(
                name="need_committed_within_target",
                condition=Q(committed_minor__lte=F("target_minor")),
            ),
            models.CheckConstraint(
                name="need_collected_within_committed",
                condition=Q(collected_minor__lte=F("committed_minor")),
            ),
            models.CheckConstraint(
                name="need_verified_has_time",
                condition=~Q(status__in=["verified", "published", "funded", "disbursed", "closed"])
                | Q(verified_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        """The need's public page."""
        return reverse("need", args=[self.code])

    @property
    def label(self) -> str:
        """The title in the language being read."""
        return in_language(self.title, self.title_en)

    @property
    def about(self) -> str:
        """The summary in the language being read."""
        return in_language(self.summary, self.summary_en)

    @property
    def purpose(self) -> Purpose:
        """The need as what money is for."""
        return Purpose(
            kind=PurposeKind.NEED,
            id=self.pk,
            code=self.code,
            currency=self.currency,
            campaign_id=self.campaign_id,
            township_code=self.village.township_code,
        )

    @property
    def target(self) -> Money:
        """What it takes."""
        return Money(self.target_minor, self.currency)

    @property
    def collected(self) -> Money:
        """What arrived, matches included."""
        return Money(self.collected_minor, self.currency)

    @property
    def missing(self) -> Money:
        """What nobody has promised yet."""
        return Money(self.target_minor - self.committed_minor, self.currency)

    @property
    def percent(self) -> int:
        """Arrived as a share of the target, 0 to 100, rounded down."""
        return self.collected_minor * 100 // self.target_minor


class NeedItem(models.Model):
    """One line of a need: how many of what, at what price."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="items")
    name = models.CharField(_("物品或用途"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    quantity = models.PositiveIntegerField(_("数量"))
    unit = models.CharField(_("单位"), max_length=12)
    unit_price_minor = models.PositiveBigIntegerField(_("单价（分）"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="need_item_positive",
                condition=Q(quantity__gt=0) & Q(unit_price_minor__gt=0),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} × {self.quantity}"

    @property
    def label(self) -> str:
        """The name in the language being read."""
        return in_language(self.name, self.name_en)

    @property
    def amount(self) -> str:
        """How many, in the language being read; English does without the measure word."""
        return in_language(f"{self.quantity} {self.unit}", str(self.quantity))

    @property
    def total_minor(self) -> int:
        """Quantity times unit price."""
        return self.quantity * self.unit_price_minor


class NeedEvent(AppendOnlyModel):
    """One move of a need: who, when, from where to where, and why. Append-only."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="events")
    round = models.PositiveSmallIntegerField()
    old_status = models.CharField(max_length=20, choices=NeedStatus)
    new_status = models.CharField(max_length=20, choices=NeedStatus)
    # Empty where the platform itself moved it (publicity over, target reached).
    decision = models.CharField(max_length=12, choices=Decision, blank=True)
    role = models.CharField(max_length=20, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True)
    # SHA-256 of the evidence files that were on the need at that moment.
    evidence_digests = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]
        constraints = [
            # Nobody acts twice in one chain; filing counts as acting.
            models.UniqueConstraint(
                name="need_event_one_act_per_person",
                fields=["need", "round", "actor"],
                condition=Q(
                    new_status__in=[
                        "filed",
                        "village_approved",
                        "township_approved",
                        "in_publicity",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="need_event_refusal_has_reason",
                condition=Q(decision__in=["", "approve"]) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_id}: {self.old_status} → {self.new_status}"
