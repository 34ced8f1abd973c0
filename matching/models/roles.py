"""Who may do what, where."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import TimeStampedModel
from matching.states import Role

REGIONAL_ROLES = (
    Role.VILLAGE_OFFICER,
    Role.VILLAGE_REVIEWER,
    Role.TOWNSHIP_REVIEWER,
    Role.COUNTY_APPROVER,
)


class RoleAssignment(TimeStampedModel):
    """A role held by a person, within a region or for an organisation, until ended."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="role_assignments"
    )
    role = models.CharField(_("角色"), max_length=20, choices=Role)
    region = models.ForeignKey(
        "matching.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        "matching.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="members",
    )
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("角色授权")
        verbose_name_plural = _("角色授权")
        constraints = [
            models.CheckConstraint(
                name="role_regional_has_region",
                condition=~Q(role__in=[str(role) for role in REGIONAL_ROLES])
                | Q(region__isnull=False),
            ),
            models.CheckConstraint(
                name="role_partner_has_organisation",
                condition=~Q(role="partner") | Q(organisation__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"
