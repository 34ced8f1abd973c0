"""Settling objections on the desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.pages import me, or_404, submitted
from matching.models import Objection
from matching.needs.forms.decisions import ResolutionForm
from matching.needs.selectors.desk import OBJECTION_ROLES, objection_in_reach
from matching.needs.services.publicity import objection_resolve
from matching.needs.views.actions import separate
from matching.registry.policies import role_required
from matching.states import NeedStatus, ObjectionStatus


@role_required(*OBJECTION_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest, code: str) -> HttpResponse:
    """Read an objection and settle it on the record."""
    found = or_404(objection_in_reach(request.user, code))
    need = found.notice.need
    form = ResolutionForm(request.POST or None)

    def page(*, status: int = 200) -> HttpResponse:
        context = {
            "objection": found,
            "need": need,
            "form": form,
            "is_open": found.status == ObjectionStatus.OPEN,
            "may_settle": separate(me(request), need, NeedStatus.IN_PUBLICITY),
        }
        return render(request, "matching/needs/objection_desk.html", context, status=status)

    def settle(*, resolution: str, **_data: str) -> Objection:
        settled, outcome = form.settlement()
        return objection_resolve(
            objection_id=found.pk,
            actor=me(request),
            status=settled,
            resolution=resolution,
            outcome=outcome,
        )

    if request.method != "POST":
        return page()
    return submitted(
        request,
        form,
        settle,
        page=page,
        said=_("异议 %(code)s 已处理。") % {"code": code},
        url=reverse("desk"),
    )
