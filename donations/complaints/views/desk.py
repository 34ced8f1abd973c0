"""Complaints on the desk: read, replied to, closed."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import clock
from core.pages import Cells, columns, me, or_404, page_of, submitted, tab
from donations.complaints.forms import ClosingForm, ReplyForm
from donations.complaints.selectors import (
    HANDLERS,
    READERS,
    complaint_to_read,
    complaints_closed,
    complaints_waiting,
)
from donations.complaints.services import complaint_answer, complaint_close, handling_refusal
from donations.complaints.views.public import timeline
from donations.models import Complaint
from donations.states import ComplaintOutcome, ComplaintStatus, ComplaintSubject
from matching.registry.policies import role_required, roles_of
from matching.states import Role

readers = role_required(*READERS)
handlers = role_required(*{role for roles in HANDLERS.values() for role in roles})


@readers
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show the complaints to settle, soonest due first, or those that are closed."""
    closed = request.GET.get("show") == "closed"
    waiting = page_of(request, complaints_waiting(request.user))
    page = page_of(request, complaints_closed(request.user)) if closed else waiting
    context = {
        "tabs": [
            tab(_("待办"), "?", current=not closed, count=waiting.paginator.count),
            tab(_("已办结"), "?show=closed", current=closed),
        ],
        "closed": closed,
        "columns": columns(_("受理编号"), _("关于什么"), _("相关编号"), _("状态"), _("答复期限")),
        "rows": [_row(found) for found in page],
        "page": page,
        "reads_only": roles_of(request.user).isdisjoint(
            role for roles in HANDLERS.values() for role in roles
        ),
    }
    return render(request, "donations/complaints/desk.html", context)


def _row(found: Complaint) -> Cells:
    return [
        {"text": found.code, "url": reverse("desk_complaint", args=[found.code])},
        found.get_about_display(),
        found.reference or "—",
        found.get_outcome_display() if found.outcome else found.get_status_display(),
        _due(found),
    ]


def _due(found: Complaint) -> str:
    day = found.due_on.isoformat()
    if found.status == ComplaintStatus.OPEN and found.due_on < clock.today():
        return _("%(day)s，已超期") % {"day": day}
    return day


@readers
@require_safe
def complaint(request: HttpRequest, code: str) -> HttpResponse:
    """Show one complaint in full to who may settle it; without the contact to an auditor.

    Who took part in what it is about learns that there is one, and no more.
    """
    return _page(request, _or_404(request, code))


def _or_404(request: HttpRequest, code: str) -> Complaint:
    return or_404(complaint_to_read(me(request), code))


def _page(
    request: HttpRequest, found: Complaint, *, status: int = 200, **forms: Any
) -> HttpResponse:
    is_open = found.status != ComplaintStatus.CLOSED
    refusal = handling_refusal(complaint=found, actor=me(request))
    roles = roles_of(request.user)
    reads_only = roles == {Role.AUDITOR}
    context = {
        "complaint": found,
        "due": _due(found),
        "events": timeline(found),
        "subject": _subject(request, found),
        "may_settle": is_open and not refusal,
        "refusal": refusal if is_open and not reads_only else "",
        # Whoever it may be about does not read what was said, nor by whom.
        "shows_body": not refusal or Role.AUDITOR in roles,
        "shows_contact": not refusal,
        "reply_form": ReplyForm(prefix="reply"),
        "closing_form": ClosingForm(prefix="closing"),
    } | forms
    return render(request, "donations/complaints/desk_complaint.html", context, status=status)


def _subject(request: HttpRequest, found: Complaint) -> dict[str, str]:
    """Return what it is about as a link to where this person may look."""
    if found.need is not None:
        on_desk = not roles_of(request.user).isdisjoint(HANDLERS[ComplaintSubject.NEED])
        name = "desk_need" if on_desk else "need"
        return {"text": found.need.label, "url": reverse(name, args=[found.need.code])}
    if found.campaign is not None:
        return {"text": found.campaign.label, "url": ""}
    return {"text": found.reference, "url": ""}


@handlers
@require_POST
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Reply and keep it open."""
    found = _or_404(request, code)
    form = ReplyForm(request.POST, prefix="reply")
    return submitted(
        request,
        form,
        partial(complaint_answer, complaint_id=found.pk, actor=me(request)),
        page=partial(_page, request, found, reply_form=form),
        said=_("答复已记录，凭受理编号可以看到。"),
        url=reverse("desk_complaint", args=[code]),
    )


@handlers
@require_POST
def closing(request: HttpRequest, code: str) -> HttpResponse:
    """Close it with what it came to."""
    found = _or_404(request, code)
    form = ClosingForm(request.POST, prefix="closing")

    def close(*, outcome: str, reason: str) -> Complaint:
        return complaint_close(
            complaint_id=found.pk,
            actor=me(request),
            outcome=ComplaintOutcome(outcome),
            reason=reason,
        )

    return submitted(
        request,
        form,
        close,
        page=partial(_page, request, found, closing_form=form),
        said=_("投诉 %(code)s 已办结。") % {"code": code},
        url=reverse("complaints_desk"),
    )
