"""Complaints and reports (投诉举报) as anybody files and follows them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.exceptions import RefusedError
from core.limits import beyond_limit, client_address
from core.pages import or_404, refused, unlisted
from donations.complaints.forms import ComplaintForm, FollowComplaintForm
from donations.complaints.selectors import complaint_by_code, complaint_figures, replies_to
from donations.complaints.services import REPLY_WORKING_DAYS, complaint_file
from donations.models import Complaint
from donations.states import ComplaintStatus

# From one address within an hour; enough for a village behind one router.
COMPLAINTS_PER_HOUR = 10
# A code has 50 bits; this keeps even a patient guesser out.
LOOKUPS_PER_HOUR = 120
HOUR = 3600


@require_http_methods(["GET", "HEAD", "POST"])
def complaints(request: HttpRequest) -> HttpResponse:
    """Say how complaints are dealt with and take one."""
    status = 200
    if request.method == "POST":
        form = ComplaintForm(request.POST)
        status = _filing_status(request, form)
        if status == 303:
            return redirect("complaint", code=form.cleaned_data["code"])
    else:
        asked = {name: request.GET.get(name, "") for name in ("about", "reference")}
        form = ComplaintForm(initial=asked)
    context = {
        "form": form,
        "follow_form": FollowComplaintForm(),
        "days": REPLY_WORKING_DAYS,
        "stats": _stats(),
    }
    return render(request, "donations/complaints/complaints.html", context, status=status)


def _stats() -> list[dict[str, Any]]:
    figures = complaint_figures()
    return [
        {"label": _("收到"), "figure": figures.received},
        {"label": _("按期答复"), "figure": figures.answered_in_time},
        {"label": _("待答复"), "figure": figures.open},
        {"label": _("已超期"), "figure": figures.overdue},
    ]


def _filing_status(request: HttpRequest, form: ComplaintForm) -> int:
    """File the complaint and return 303, or say on the form what is wrong."""
    valid = form.is_valid()
    if form.is_trapped:
        form.add_error(None, _("提交未被接受。请刷新页面后重试。"))
        return 400
    if not valid:
        return 400
    who = client_address(request)
    if beyond_limit("complaints", who, limit=COMPLAINTS_PER_HOUR, seconds=HOUR):
        form.add_error(None, _("提交过于频繁，请一小时后再试，或拨打监督电话 12317。"))
        return 429
    data = form.cleaned_data
    try:
        filed = complaint_file(
            about=data["about"],
            reference=data["reference"],
            body=data["body"],
            contact=data["contact"],
        )
    except RefusedError as error:
        return refused(form, error)
    data["code"] = filed.code
    return 303


@never_cache
@require_safe
def complaint_follow(request: HttpRequest) -> HttpResponse:
    """Lead from a typed code to the complaint's page."""
    form = FollowComplaintForm(request.GET or None)
    status = 200
    if form.is_valid():
        if _looked_too_often(request):
            return _too_often(request, form)
        if complaint_by_code(form.cleaned_data["code"]):
            return redirect("complaint", code=form.cleaned_data["code"])
        form.add_error("code", _("没有这个受理编号，请核对后再试。"))
        status = 404
    elif request.GET:
        status = 400
    return render(request, "donations/complaints/follow.html", {"form": form}, status=status)


def _looked_too_often(request: HttpRequest) -> bool:
    who = client_address(request)
    return beyond_limit("complaint-lookups", who, limit=LOOKUPS_PER_HOUR, seconds=HOUR)


def _too_often(request: HttpRequest, form: FollowComplaintForm) -> HttpResponse:
    form.full_clean()
    form.add_error(None, _("查询过于频繁，请一小时后再试。"))
    return render(request, "donations/complaints/follow.html", {"form": form}, status=429)


@never_cache
@require_safe
def complaint(request: HttpRequest, code: str) -> HttpResponse:
    """Show what became of a complaint to whoever has its code; not what it said."""
    if _looked_too_often(request):
        return _too_often(request, FollowComplaintForm({"code": code}))
    found = or_404(complaint_by_code(code))
    context = {"complaint": found, "events": timeline(found)}
    return unlisted(render(request, "donations/complaints/complaint.html", context))


def timeline(found: Complaint) -> list[dict[str, Any]]:
    """Return what happened to a complaint, for the timeline; who replied is not told."""
    events: list[dict[str, Any]] = [{"title": _("已受理"), "at": found.created_at}]
    for reply in replies_to(found):
        title = _("已办结：%(outcome)s") % {"outcome": reply.get_outcome_display()}
        events.append(
            {"title": title if reply.outcome else _("答复"), "at": reply.at, "note": reply.text}
        )
    if found.status == ComplaintStatus.OPEN:
        due = _("%(day)s 前答复") % {"day": found.due_on.isoformat()}
        events.append({"title": due, "state": "current"})
    elif found.status == ComplaintStatus.ANSWERED:
        events.append({"title": _("办理中"), "state": "current"})
    return events
