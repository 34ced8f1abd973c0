"""Who may do what, where. A superuser holds no role by being one."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from matching.exceptions import RoleMissingError
from matching.models import Organisation, Region
from matching.models.roles import REGIONAL_ROLES
from matching.registry.selectors.places import ancestor_codes
from matching.registry.selectors.roles import Person, assignments_of
from matching.states import Role

View = Callable[..., HttpResponseBase]


def roles_of(user: Person) -> set[Role]:
    """Return the roles held anywhere."""
    return {Role(role) for role in assignments_of(user).values_list("role", flat=True)}


def holds(user: Person, role: Role, *, region: Region | None = None) -> bool:
    """Return whether the role is held, for the region or one that contains it."""
    held = assignments_of(user).filter(role=role)
    if region is not None:
        held = held.filter(region__code__in=ancestor_codes(region.code))
    return held.exists()


def require(user: Person, role: Role, *, region: Region | None = None) -> None:
    """Raise ``RoleMissingError`` (403) unless the role is held there."""
    if not holds(user, role, region=region):
        raise RoleMissingError(
            _("这一步需要“%(role)s”角色，并且负责该地区。请联系管理员核对授权。")
            % {"role": role.label}
        )


def require_any(user: Person, roles: Iterable[Role], *, region: Region) -> None:
    """Raise ``RoleMissingError`` (403) unless one of the roles is held there."""
    if not any(holds(user, role, region=region) for role in roles):
        raise RoleMissingError(_("您在这个地区没有办理此事的角色。请联系管理员核对授权。"))


def organisations_of(user: Person) -> QuerySet[Organisation]:
    """Return the organisations the person stands for as a partner."""
    own = assignments_of(user).filter(role=Role.PARTNER).values("organisation")
    return Organisation.objects.filter(pk__in=own)


def role_required(*roles: Role) -> Callable[[View], View]:
    """Guard a view: strangers sign in first, people without any of the roles get a 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if roles_of(request.user).isdisjoint(roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        # Read by ``core.desks``: who finds this page in the header is whom it lets in.
        guarded.required_roles = frozenset(roles)  # type: ignore[attr-defined]
        return guarded

    return decorate


desk_required = role_required(*REGIONAL_ROLES, Role.AUDITOR, Role.EDITOR, Role.FUND_OFFICER)


region_required = role_required(*REGIONAL_ROLES)


case_required = role_required(*REGIONAL_ROLES, Role.AUDITOR)


officer_required = role_required(Role.VILLAGE_OFFICER)
