"""A need's history, told without names."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from matching.models import Need, NeedEvent, NeedItem
from matching.states import STEP_ROLE, Decision, NeedStatus, Role

S = NeedStatus
TITLES = {
    # In English the event and the button that makes it differ.
    S.FILED: pgettext_lazy("event", "提交审核"),
    S.VILLAGE_APPROVED: gettext_lazy("村级初审通过"),
    S.TOWNSHIP_APPROVED: gettext_lazy("乡镇复审通过"),
    S.IN_PUBLICITY: gettext_lazy("县级审定通过，开始公示"),
    S.VERIFIED: gettext_lazy("公示无异议，核实完成"),
    S.PUBLISHED: gettext_lazy("公开发布"),
    S.PAUSED: gettext_lazy("暂停"),
    S.FUNDED: gettext_lazy("善款筹足"),
    S.DISBURSED: gettext_lazy("拨付"),
    S.CLOSED: gettext_lazy("送达确认，完成"),
    S.REJECTED: gettext_lazy("审核不予通过"),
    S.WITHDRAWN: gettext_lazy("撤回"),
    S.DRAFT: gettext_lazy("已退回补正"),
}
AHEAD = (S.FILED, S.VILLAGE_APPROVED, S.TOWNSHIP_APPROVED, S.IN_PUBLICITY, S.VERIFIED)
STOPPED = frozenset({S.DRAFT, S.REJECTED, S.WITHDRAWN, S.PAUSED})


def need_is_paused(code: str) -> bool:
    """Return whether a need that strangers have seen is paused now."""
    return status_of_shown(code) == NeedStatus.PAUSED


def status_of_shown(code: str) -> NeedStatus | None:
    """Return the status of a need that strangers have seen; None for any other."""
    shown = Need.objects.filter(code=code.upper(), published_at__isnull=False)
    status = shown.values_list("status", flat=True).first()
    return NeedStatus(status) if status else None


def items_of(need: Need) -> QuerySet[NeedItem]:
    """Return what is needed, line by line."""
    return need.items.all()


def verified_by(need: Need) -> int:
    """Return how many people verified the need in its present round, 0 to 3."""
    if need.status == S.DRAFT:
        return 0
    approvals = need.events.filter(round=need.round, decision=Decision.APPROVE)
    return min(3, approvals.values("actor").distinct().count())


def status_tone(need: Need) -> str:
    """Return the badge tone that goes with the need's status."""
    if need.status in STEP_ROLE or need.status == S.IN_PUBLICITY:
        return "waiting"
    if need.status in STOPPED:
        return "neutral" if need.status == S.DRAFT else "stopped"
    return "active" if need.status == S.PUBLISHED else "done"


def need_timeline(need: Need) -> list[dict[str, Any]]:
    """Return the need's moves for the timeline component, then the steps still ahead."""
    events = [_told(event) for event in need.events.all()]
    if need.status in AHEAD:
        ahead = AHEAD[AHEAD.index(S(need.status)) + 1 :]
    else:
        ahead = AHEAD if need.status == S.DRAFT else ()
    for index, status in enumerate(ahead):
        state = "current" if index == 0 and need.status != S.DRAFT else "todo"
        events.append({"title": _waiting(status), "at": None, "state": state})
    return events


def _told(event: NeedEvent) -> dict[str, Any]:
    return {
        "title": TITLES[S(event.new_status)],
        "at": event.at,
        "who": Role(event.role).label if event.role in Role.values else _("平台"),
        "note": event.reason,
        "state": "stopped" if event.new_status in STOPPED else "done",
    }


def _waiting(status: NeedStatus) -> str:
    """Name a step that has not happened by what it waits for."""
    if status == S.FILED:
        return _("提交审核")
    if status == S.VERIFIED:
        return _("公示期满")
    return str(AHEAD[AHEAD.index(status) - 1].label)
