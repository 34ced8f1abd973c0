"""Settling objections on the desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.exceptions import RefusedError
from core.pages import me, refused, say
from matching.needs.forms.decisions import ResolutionForm
from matching.needs.selectors.desk import OBJECTION_ROLES, objections_in_reach
from matching.needs.services.publicity import objection_resolve
from matching.needs.views.actions import separate
from matching.registry.policies import role_required
from matching.states import NeedStatus, ObjectionStatus


@role_required(*OBJECTION_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest, code: str) -> HttpResponse:
    """Read an objection and settle it on the record."""
    found = get_object_or_404(objections_in_reach(request.user), code=code)
    form = ResolutionForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            settled, outcome = form.settlement()
            try:
                objection_resolve(
                    objection_id=found.pk,
                    actor=me(request),
                    status=settled,
                    resolution=form.cleaned_data["resolution"],
                    outcome=outcome,
                )
            except RefusedError as error:
                status = refused(form, error)
            else:
                say(request, _("异议 %(code)s 已处理。") % {"code": code})
                return redirect("desk")
    need = found.notice.need
    context = {
        "objection": found,
        "need": need,
        "form": form,
        "is_open": found.status == ObjectionStatus.OPEN,
        "may_settle": separate(me(request), need, NeedStatus.IN_PUBLICITY),
    }
    return render(request, "matching/needs/objection_desk.html", context, status=status)
