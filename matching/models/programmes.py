"""Filed projects and fundraising campaigns of qualified charities."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import TimeStampedModel
from core.money import Money
from matching.models.places import in_language
from matching.purpose import Purpose, PurposeKind


class Project(TimeStampedModel):
    """A filed project of a charity. Every need belongs to one (Charity Law: no personal appeal)."""

    charity = models.ForeignKey(
        "matching.Organisation", on_delete=models.PROTECT, related_name="projects"
    )
    code = models.SlugField(unique=True)
    filing_number = models.CharField(_("慈善项目备案编号"), max_length=60, unique=True)
    name = models.CharField(_("项目名称"), max_length=120)
    name_en = models.CharField(_("英文名称"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("慈善项目")
        verbose_name_plural = _("慈善项目")
        constraints = [
            models.CheckConstraint(
                name="project_has_filing_number", condition=~Q(filing_number="")
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language being read."""
        return in_language(self.name, self.name_en)


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Filters on campaigns."""

    def open_at(self, instant) -> "CampaignQuerySet":
        """Campaigns that take gifts at an instant."""
        return self.filter(starts_at__lte=instant, ends_at__gt=instant)


class Campaign(TimeStampedModel):
    """A public fundraising campaign with its filing number, such as a Poverty Day (10·17)."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="campaigns")
    slug = models.SlugField(unique=True)
    filing_number = models.CharField(_("募捐方案备案编号"), max_length=60, unique=True)
    name = models.CharField(_("活动名称"), max_length=120)
    name_en = models.CharField(_("英文名称"), max_length=160, blank=True)
    region = models.ForeignKey("matching.Region", on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    currency = models.CharField(max_length=3, default="CNY")
    target_minor = models.PositiveBigIntegerField(_("目标金额（分）"))

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("募捐活动")
        verbose_name_plural = _("募捐活动")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                name="campaign_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="campaign_target_positive", condition=Q(target_minor__gt=0)
            ),
            models.CheckConstraint(
                name="campaign_has_filing_number", condition=~Q(filing_number="")
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language being read."""
        return in_language(self.name, self.name_en)

    @property
    def code(self) -> str:
        """The public code, in addresses and accounts: its slug."""
        return self.slug

    @property
    def purpose(self) -> Purpose:
        """The campaign as a whole as what money is for."""
        return Purpose(
            kind=PurposeKind.CAMPAIGN,
            id=self.pk,
            code=self.code,
            currency=self.currency,
            campaign_id=self.pk,
        )

    @property
    def target(self) -> Money:
        """The goal."""
        return Money(self.target_minor, self.currency)
