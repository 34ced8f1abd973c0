"""Evidence files: taken in from a phone, served to the people of the region alone."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.exceptions import RefusedError
from core.pages import me, refused, say
from matching.models import Evidence
from matching.needs.forms.decisions import EvidenceForm
from matching.needs.selectors.desk import needs_in_reach
from matching.needs.services.evidence import evidence_add, evidence_open
from matching.needs.views.access import need_or_404
from matching.needs.views.actions import actions_for
from matching.needs.views.needs import need_page
from matching.registry.policies import case_required, region_required


@region_required
@require_POST
def evidence_upload(request: HttpRequest, code: str) -> HttpResponse:
    """Keep one file; which kind of evidence it is follows from where the need stands."""
    need = need_or_404(request, code)
    form = EvidenceForm(request.POST, request.FILES)
    status = 400
    if form.is_valid():
        purpose = actions_for(me(request), need).evidence or Evidence.Purpose.NEED
        try:
            evidence_add(
                need_id=need.pk,
                actor=me(request),
                upload=form.cleaned_data["file"],
                purpose=purpose,
                caption=form.cleaned_data["caption"],
            )
        except RefusedError as error:
            status = refused(form, error)
        else:
            say(request, _("材料已保存，位置和设备信息已清除。"))
            return redirect("desk_need", code=code)
    return need_page(request, need, status=status, evidence_form=form)


@case_required
@require_safe
def evidence_file(request: HttpRequest, pk: int) -> FileResponse:
    """Serve a file; a PDF only as a download. Nothing may cache or embed it elsewhere."""
    reach = needs_in_reach(request.user).filter(evidence__pk=pk)
    if not reach.exists():
        raise Http404
    evidence = evidence_open(evidence_id=pk, actor=me(request))
    extension = str(evidence.file.name).rpartition(".")[2]
    response = FileResponse(
        evidence.file.open("rb"),
        as_attachment=evidence.content_type == "application/pdf",
        filename=f"{evidence.need.code}-{evidence.pk}.{extension}",
        content_type=evidence.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = (
        "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"
    )
    return response
