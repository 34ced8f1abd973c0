"""The administrative tree and its villages."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from matching.states import Level

# Significant digits of a 12-digit division code, by level.
PREFIX_DIGITS = {
    Level.PROVINCE: 2,
    Level.PREFECTURE: 4,
    Level.COUNTY: 6,
    Level.TOWNSHIP: 9,
    Level.VILLAGE: 12,
}


def in_language(zh: str, en: str) -> str:
    """Return the English text where it exists and English is being read, else Chinese."""
    return en if en and (get_language() or "").startswith("en") else zh


class RegionQuerySet(models.QuerySet["Region"]):
    """Filters on regions."""

    def within(self, region: "Region") -> "RegionQuerySet":
        """Regions at or below ``region``."""
        return self.filter(code__startswith=region.prefix)


class Region(models.Model):
    """A division of the administrative tree, by its 12-digit statistical code."""

    code = models.CharField(
        _("区划代码"), max_length=12, unique=True, validators=[RegexValidator(r"^\d{12}$")]
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    level = models.CharField(_("层级"), max_length=12, choices=Level)
    name = models.CharField(_("名称"), max_length=80)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("行政区划")
        verbose_name_plural = _("行政区划")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.label

    @property
    def prefix(self) -> str:
        """The code's significant digits: whatever starts with them lies within."""
        return self.code[: PREFIX_DIGITS[Level(self.level)]]

    @property
    def label(self) -> str:
        """The name in the language being read."""
        return in_language(self.name, self.name_en)


class Village(models.Model):
    """A village that takes part; its place in the tree is its region."""

    region = models.OneToOneField(Region, on_delete=models.PROTECT, related_name="village")
    profile = models.TextField(_("村情简介"), blank=True)
    profile_en = models.TextField(_("英文简介"), blank=True)
    households_total = models.PositiveIntegerField(_("总户数"), default=0)
    # Rounded to about a kilometre; a household's own place is never stored.
    latitude = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    longitude = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("村")
        verbose_name_plural = _("村")
        ordering = ["region__code"]

    def __str__(self) -> str:
        return self.label

    @property
    def code(self) -> str:
        """The village's division code, as in ``/villages/<code>/``."""
        return self.region.code

    @property
    def label(self) -> str:
        """The name in the language being read."""
        return self.region.label

    @property
    def township(self) -> Region | None:
        """The township it belongs to."""
        parent = self.region.parent
        return parent if parent is not None and parent.level == Level.TOWNSHIP else None

    @property
    def township_code(self) -> str:
        """The township's 12-digit code; '' where the tree has none above it."""
        return self.township.code if self.township else ""

    @property
    def place(self) -> str:
        """Township and village, in the language being read."""
        return f"{self.township.label} {self.label}" if self.township else self.label

    @property
    def about(self) -> str:
        """The profile in the language being read."""
        return in_language(self.profile, self.profile_en)
