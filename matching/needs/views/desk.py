"""The verification desk's inbox."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.desks import desks_of
from core.pages import Cells, columns, moment, page_of, tab
from matching.models import Need, NeedEvent, Objection
from matching.needs.selectors import desk
from matching.needs.selectors.needs import TITLES
from matching.registry.policies import desk_required, roles_of
from matching.registry.selectors.roles import Person
from matching.states import NeedStatus, Role

TABS = ("waiting", "mine", "done")


@desk_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Show what waits for this person, what they filed, or what they did lately."""
    user = request.user
    objections = list(desk.objections_waiting(user)[:50])
    pages = {
        "waiting": page_of(request, desk.needs_waiting(user)),
        "mine": page_of(request, desk.needs_of(user)),
    }
    counts = {name: found.paginator.count for name, found in pages.items()}
    counts["waiting"] += len(objections)
    is_officer = Role.VILLAGE_OFFICER in roles_of(user)
    default = "mine" if is_officer and not counts["waiting"] else "waiting"
    asked = request.GET.get("tab", default)
    current = asked if asked in TABS else default
    page = pages.get(current)
    context = {
        "tab": current,
        "tabs": _tabs(current, counts),
        "page": page,
        "columns": _columns(current),
        "rows": _done_rows(user) if page is None else [_need_row(need) for need in page],
        "objection_columns": _objection_columns(),
        "objection_rows": [_objection_row(row) for row in objections if current == "waiting"],
        "links": [link for link in desks_of(user) if link.url != request.path],
        "is_officer": is_officer,
    }
    return render(request, "matching/needs/desk.html", context)


def _tabs(current: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    texts = {"waiting": _("待我办理"), "mine": _("我填报的"), "done": _("最近办过")}
    return [
        tab(texts[name], f"?tab={name}", current=name == current, count=counts.get(name))
        for name in TABS
    ]


def _columns(current: str) -> list[dict[str, Any]]:
    last = _("办理内容") if current == "done" else _("状态")
    when = _("办理时间") if current == "done" else _("最近变动")
    return columns(_("需求"), _("编号"), _("所在村"), last, when)


def _cells(need: Need, last: object, at: datetime) -> Cells:
    return [
        {"text": need.label, "url": reverse("desk_need", args=[need.code])},
        need.code,
        need.village.place,
        last,
        moment(at),
    ]


def _need_row(need: Need) -> Cells:
    return _cells(need, need.get_status_display(), need.updated_at)


def _done_rows(user: Person) -> list[Cells]:
    return [_done_row(event) for event in desk.recent_moves(user)]


def _done_row(event: NeedEvent) -> Cells:
    return _cells(event.need, TITLES[NeedStatus(event.new_status)], event.at)


def _objection_columns() -> list[dict[str, Any]]:
    return columns(_("异议编号"), _("需求"), _("所在村"), _("提出时间"))


def _objection_row(objection: Objection) -> Cells:
    need = objection.notice.need
    return [
        {"text": objection.code, "url": reverse("desk_objection", args=[objection.code])},
        need.label,
        need.village.place,
        moment(objection.created_at),
    ]
