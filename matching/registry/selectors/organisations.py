"""For which organisation somebody gives."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from core import clock
from core.accounts.models import User
from matching.models import MatchFund, Organisation, RoleAssignment
from matching.states import FundStatus, Role


def giving_organisation_id(*, email: str = "", user: User | None = None) -> int | None:
    """Return the organisation whose own match fund must not match a gift, if any.

    The giver stands for it with their account, gives under the address of somebody who
    does, or under an address of its verified domain (``email_domain``). What is typed
    proves nobody's identity, but it can only lose a match here, never gain one. Of
    several the one that sponsors a fund counts first. One statement.
    """
    found = _of_members(Q(user__email__iexact=email)) if email else None
    if domains := _domains(email):
        found = _union(
            found, Organisation.objects.filter(email_domain__in=domains).order_by().values("pk")
        )
    if user is not None:
        found = _union(found, _of_members(Q(user=user)))
    if found is None:
        return None
    funds = MatchFund.objects.filter(sponsor=OuterRef("pk"), status=FundStatus.ACTIVE)
    rows = Organisation.objects.filter(pk__in=found).annotate(sponsors=Exists(funds))
    return rows.order_by("-sponsors", "pk").values_list("pk", flat=True).first()


def _of_members(who: Q) -> QuerySet:
    in_force = Q(ended_at__isnull=True) | Q(ended_at__gt=clock.now())
    members = RoleAssignment.objects.filter(who, in_force, role=Role.PARTNER, user__is_active=True)
    return members.values("organisation_id")


def _union(first: QuerySet | None, second: QuerySet) -> QuerySet:
    return second if first is None else first.union(second, all=True)


def _domains(email: str) -> list[str]:
    """Return the address's domain and every domain that holds it, all but the last label."""
    labels = email.rpartition("@")[2].casefold().split(".") if "@" in email else []
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]
