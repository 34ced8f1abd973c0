"""Taking in evidence files: checked by their bytes, re-encoded, hashed, kept private."""

import hashlib
import secrets

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.accounts.models import User
from matching.exceptions import RoleMissingError, TransitionRefusedError
from matching.models import Evidence
from matching.models.roles import REGIONAL_ROLES
from matching.needs.evidence_files import CleanFile, clean_file
from matching.needs.services.transitions import need_locked
from matching.registry import policies
from matching.states import NeedStatus, Role

S = NeedStatus
REVIEWERS = (Role.VILLAGE_REVIEWER, Role.TOWNSHIP_REVIEWER, Role.COUNTY_APPROVER)
# Who may add what while a need stands where.
PURPOSES: dict[str, tuple[frozenset[NeedStatus], tuple[Role, ...]]] = {
    Evidence.Purpose.NEED: (frozenset({S.DRAFT}), (Role.VILLAGE_OFFICER,)),
    Evidence.Purpose.VISIT: (
        frozenset({S.FILED, S.VILLAGE_APPROVED, S.TOWNSHIP_APPROVED}),
        REVIEWERS,
    ),
    Evidence.Purpose.DELIVERY: (
        frozenset({S.PUBLISHED, S.PAUSED, S.FUNDED, S.DISBURSED}),
        (Role.VILLAGE_OFFICER,),
    ),
}


def evidence_add(
    *,
    need_id: int,
    actor: User,
    upload: UploadedFile,
    purpose: str = Evidence.Purpose.NEED,
    caption: str = "",
) -> Evidence:
    """Check a file, strip what it says of place and camera, and keep it with its SHA-256.

    The same bytes for the same purpose are kept once; adding them again returns the first.

    Raises:
        EvidenceRefusedError: too large, not a picture or PDF, or unreadable.
        RoleMissingError: not somebody who adds such evidence in that region.
        TransitionRefusedError: the need does not take such evidence now.
    """
    _check_may_add(need_id, actor, purpose)
    clean = clean_file(upload)
    return _keep(need_id, actor, clean, purpose, caption.strip())


@transaction.atomic
def _check_may_add(need_id: int, actor: User, purpose: str) -> None:
    """Also asked before the costly decoding."""
    need = need_locked(need_id=need_id)
    statuses, roles = PURPOSES[purpose]
    policies.require_any(actor, roles, region=need.village.region)
    if need.status not in statuses:
        raise TransitionRefusedError(
            _("需求现在是“%(status)s”，不能添加这类材料。") % {"status": need.get_status_display()}
        )


@transaction.atomic
def _keep(need_id: int, actor: User, clean: CleanFile, purpose: str, caption: str) -> Evidence:
    _check_may_add(need_id, actor, purpose)
    digest = hashlib.sha256(clean.data).hexdigest()
    same = Evidence.objects.filter(need_id=need_id, purpose=purpose, sha256=digest).first()
    if same:
        return same
    evidence = Evidence(
        need_id=need_id,
        purpose=purpose,
        content_type=clean.content_type,
        size=len(clean.data),
        sha256=digest,
        caption=caption,
        uploaded_by=actor,
    )
    # The name says nothing and cannot be guessed; the uploaded one is forgotten.
    name = f"{secrets.token_hex(16)}.{clean.extension}"
    evidence.file.save(name, ContentFile(clean.data), save=False)
    try:
        evidence.save()
    except BaseException:
        evidence.file.delete(save=False)
        raise
    return evidence


@transaction.atomic
def evidence_open(*, evidence_id: int, actor: User) -> Evidence:
    """Return a file for somebody of its region or an auditor, and record that they looked."""
    evidence = Evidence.objects.select_related("need__village__region").get(pk=evidence_id)
    if not policies.holds(actor, Role.AUDITOR):
        region = evidence.need.village.region
        if not any(policies.holds(actor, role, region=region) for role in REGIONAL_ROLES):
            raise RoleMissingError(_("这份材料属于别的地区，您不能查看。"))
    audit.record(
        actor=actor,
        action="evidence.viewed",
        object_label="matching.evidence",
        object_ref=str(evidence.pk),
        need=evidence.need.code,
    )
    return evidence
