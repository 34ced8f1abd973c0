"""Charities that publish, and enterprises or institutions that help."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import TimeStampedModel
from matching.models.places import in_language


class Organisation(TimeStampedModel):
    """A charity, an enterprise or an institution (帮扶单位)."""

    class Kind(models.TextChoices):
        """What it is."""

        CHARITY = "charity", _("慈善组织")
        ENTERPRISE = "enterprise", _("企业")
        INSTITUTION = "institution", _("机关事业单位")

    kind = models.CharField(_("类型"), max_length=12, choices=Kind)
    slug = models.SlugField(unique=True)
    name = models.CharField(_("名称"), max_length=120)
    name_en = models.CharField(_("英文名称"), max_length=160, blank=True)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, unique=True)
    fundraising_certificate = models.CharField(_("公开募捐资格证书编号"), max_length=60, blank=True)
    certificate_expires_on = models.DateField(_("证书有效期至"), null=True, blank=True)

    # Verified: gifts from its addresses are the organisation's own, see
    # ``matching.registry.selectors.organisations``.
    email_domain = models.CharField(
        _("已核实的邮箱域名"),
        max_length=120,
        blank=True,
        db_index=True,
        validators=[
            RegexValidator(r"^[a-z0-9-]+(\.[a-z0-9-]+)+$", _("请填写域名，例如 example.com。"))
        ],
        help_text=_("核实过的单位邮箱域名，不带 @。用它的地址捐赠，不由本单位的基金配捐。"),
    )

    class Meta:
        verbose_name = _("组织")
        verbose_name_plural = _("组织")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="organisation_certificate_only_for_charity",
                condition=Q(kind="charity") | Q(fundraising_certificate=""),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language being read."""
        return in_language(self.name, self.name_en)
