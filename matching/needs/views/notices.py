"""Public notices (公示) and objections to them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.exceptions import RefusedError
from core.limits import beyond_limit, client_address
from core.pages import or_404, page_of, refused, tab, unlisted
from matching.models import PublicityNotice
from matching.needs.forms.objections import FollowForm, ObjectionForm
from matching.needs.selectors.notices import notice_by_code, objection_by_code, public_notices
from matching.needs.services.publicity import objection_file
from matching.states import NoticeStatus

# From one address within an hour; enough for a village behind one router.
OBJECTIONS_PER_HOUR = 10
HOUR = 3600


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """List the notices that stand, or those that ended."""
    standing = request.GET.get("show") != "ended"
    page = page_of(request, public_notices(standing=standing))
    tabs = [
        tab(_("公示中"), "?", current=standing),
        tab(_("已结束"), "?show=ended", current=not standing),
    ]
    context = {"page": page, "tabs": tabs, "standing": standing, "follow_form": FollowForm()}
    return unlisted(render(request, "matching/needs/notices.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, code: str) -> HttpResponse:
    """Show a notice; take an objection while it stands."""
    found = or_404(notice_by_code(code))
    form = ObjectionForm(request.POST or None)
    status = 200
    if request.method == "POST":
        form.full_clean()
        status = _objection_status(request, found, form)
        if status == 303:
            return redirect("objection", code=form.cleaned_data["code"])
    context = {
        "notice": found,
        "form": form,
        "is_open": found.status == NoticeStatus.OPEN and found.closes_at > clock.now(),
    }
    return unlisted(render(request, "matching/needs/notice.html", context, status=status))


def _objection_status(request: HttpRequest, found: PublicityNotice, form: ObjectionForm) -> int:
    """File the objection and return 303, or say on the form what is wrong."""
    if form.is_trapped:
        form.add_error(None, _("提交未被接受。请刷新页面后重试。"))
        return 400
    if not form.is_valid():
        return 400
    if _is_over_limit(request):
        form.add_error(None, _("提交过于频繁，请一小时后再试，或拨打监督电话 12317。"))
        return 429
    try:
        objection = objection_file(
            notice_id=found.pk,
            body=form.cleaned_data["body"],
            contact=form.cleaned_data["contact"],
        )
    except RefusedError as error:
        return refused(form, error)
    form.cleaned_data["code"] = objection.code
    return 303


def _is_over_limit(request: HttpRequest) -> bool:
    return beyond_limit(
        "objections", client_address(request), limit=OBJECTIONS_PER_HOUR, seconds=HOUR
    )


@require_safe
def objection_follow(request: HttpRequest) -> HttpResponse:
    """Lead from a typed code to the objection's page."""
    form = FollowForm(request.GET or None)
    if form.is_valid() and objection_by_code(form.cleaned_data["code"]):
        return redirect("objection", code=form.cleaned_data["code"])
    status = 200
    if request.GET:
        status = 400
        if form.is_valid():
            form.add_error("code", _("没有这个编号的异议，请核对后再试。"))
            status = 404
    return unlisted(
        render(request, "matching/needs/objection_follow.html", {"form": form}, status=status)
    )


@require_safe
def objection(request: HttpRequest, code: str) -> HttpResponse:
    """Show what became of an objection to whoever has its code; not what it said."""
    found = or_404(objection_by_code(code))
    return unlisted(render(request, "matching/needs/objection.html", {"objection": found}))
