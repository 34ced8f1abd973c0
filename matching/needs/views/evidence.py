"""Evidence files: taken in from a phone, served to the people of the region alone."""

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.pages import me, or_404, submitted
from matching.models import Evidence
from matching.needs.forms.decisions import EvidenceForm
from matching.needs.selectors.desk import evidence_is_in_reach, need_in_reach
from matching.needs.services.evidence import evidence_add, evidence_open
from matching.needs.views.actions import actions_for
from matching.needs.views.needs import page_again
from matching.registry.policies import case_required, region_required


@region_required
@require_POST
def evidence_upload(request: HttpRequest, code: str) -> HttpResponse:
    """Keep one file; which kind of evidence it is follows from where the need stands."""
    need = or_404(need_in_reach(request.user, code))
    form = EvidenceForm(request.POST, request.FILES)
    purpose = actions_for(me(request), need).evidence or Evidence.Purpose.NEED

    def add(*, file: UploadedFile, caption: str) -> Evidence:
        return evidence_add(
            need_id=need.pk, actor=me(request), upload=file, purpose=purpose, caption=caption
        )

    return submitted(
        request,
        form,
        add,
        page=page_again(request, code, evidence_form=form),
        said=_("材料已保存，位置和设备信息已清除。"),
        url=reverse("desk_need", args=[code]),
    )


@case_required
@require_safe
def evidence_file(request: HttpRequest, pk: int) -> FileResponse:
    """Serve a file; a PDF only as a download. Nothing may cache or embed it elsewhere."""
    if not evidence_is_in_reach(request.user, pk):
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
