"""The assignments a person holds; who may do what with them is for ``registry.policies``."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from core import clock
from core.accounts.models import User
from matching.models import Region, RoleAssignment
from matching.states import Role

Person = User | AnonymousUser


def assignments_of(user: Person) -> QuerySet[RoleAssignment]:
    """Return the assignments in force; none for a stranger or a locked account."""
    if not user.is_authenticated or not user.is_active:
        return RoleAssignment.objects.none()
    return RoleAssignment.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=clock.now()), user_id=user.pk
    )


def regions_of(user: Person, roles: Iterable[Role]) -> list[Region]:
    """Return the regions for which the person holds any of the roles."""
    held = assignments_of(user).filter(role__in=list(roles), region__isnull=False)
    return list(Region.objects.filter(pk__in=held.values("region")))


def within(regions: Iterable[Region], path: str) -> Q:
    """Return a filter for rows whose region code, found by ``path``, lies in any region."""
    reach = Q(pk__in=[])
    for region in regions:
        reach |= Q(**{f"{path}__startswith": region.prefix})
    return reach


def people_with(role: Role) -> QuerySet[User]:
    """Return the active people who hold the role now, each once."""
    held = RoleAssignment.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=clock.now()), role=role
    )
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")
