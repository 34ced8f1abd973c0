"""Public notices and what became of objections."""

from django.db.models import QuerySet

from matching.models import Need, Objection, PublicityNotice
from matching.states import NoticeStatus


def public_notices(*, standing: bool) -> QuerySet[PublicityNotice]:
    """Return the notices that stand, soonest to end first, or those that ended, latest first."""
    notices = PublicityNotice.objects.select_related("need__village__region__parent__parent")
    if standing:
        return notices.filter(status=NoticeStatus.OPEN).order_by("closes_at")
    return notices.exclude(status=NoticeStatus.OPEN).order_by("-closed_at")


def notice_by_code(code: str) -> PublicityNotice | None:
    """Return a notice by its public code."""
    notices = PublicityNotice.objects.select_related("need__village__region__parent__parent")
    return notices.filter(code=code).first()


def latest_notice(need: Need) -> PublicityNotice | None:
    """Return the notice of a need's latest round, ended or not."""
    return need.notices.order_by("-pk").first()


def objection_by_code(code: str) -> Objection | None:
    """Return an objection by the code its author was given."""
    return Objection.objects.select_related("notice").filter(code=code).first()
