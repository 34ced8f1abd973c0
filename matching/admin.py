"""The registry for superusers: places, organisations, programmes and who holds which role.

Households, identities, consents and needs are not here: they change only through the desk.
"""

from django.contrib import admin
from django.http import HttpRequest

from matching.models import Campaign, Organisation, Project, Region, RoleAssignment, Village


class SuperuserAdmin(admin.ModelAdmin):
    """Open to superusers alone, whatever permissions staff hold; nothing is deleted here."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the app to superusers."""
        return bool(request.user.is_active and request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Let superusers look."""
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let superusers add."""
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Let superusers change."""
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """End a role or correct a row; history refers to it."""
        return False


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(SuperuserAdmin):
    """Who may do what, where."""

    list_display = ["user", "role", "region", "organisation", "ended_at"]
    list_filter = ["role"]
    raw_id_fields = ["user", "region", "organisation"]
    list_select_related = ["user", "region", "organisation"]


@admin.register(Region)
class RegionAdmin(SuperuserAdmin):
    """Divisions of the tree."""

    list_display = ["code", "level", "name", "name_en"]
    search_fields = ["code", "name", "name_en"]
    raw_id_fields = ["parent"]


@admin.register(Village)
class VillageAdmin(SuperuserAdmin):
    """Villages that take part."""

    list_display = ["region", "households_total"]
    raw_id_fields = ["region"]
    list_select_related = ["region"]


@admin.register(Organisation)
class OrganisationAdmin(SuperuserAdmin):
    """Charities, enterprises and institutions."""

    list_display = ["name", "kind", "credit_code", "email_domain"]
    search_fields = ["name", "name_en", "credit_code"]


@admin.register(Project)
class ProjectAdmin(SuperuserAdmin):
    """Filed charity projects."""

    list_display = ["name", "filing_number", "charity"]
    list_select_related = ["charity"]


@admin.register(Campaign)
class CampaignAdmin(SuperuserAdmin):
    """Filed fundraising campaigns."""

    list_display = ["name", "filing_number", "starts_at", "ends_at"]
    raw_id_fields = ["region"]
