"""Complaints: taken from anybody, replied to and closed on the record by who may."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, clock
from core.accounts.models import User
from core.exceptions import ActorRefusedError
from core.workdays import working_days_after
from donations.complaints.selectors import HANDLERS, reference_named
from donations.exceptions import ComplaintRefusedError
from donations.models import Complaint, ComplaintReply
from donations.states import ComplaintOutcome, ComplaintStatus, ComplaintSubject
from matching.exceptions import RoleMissingError
from matching.needs.services.transitions import check_separate_person
from matching.registry import policies
from matching.registry.selectors.households import text_identifies
from matching.states import NeedStatus, Role

# Complaints are replied to in five working days: 慈善组织互联网公开募捐信息平台基本管理规范 (MZ/T,
# in force since 2017-08-01).
REPLY_WORKING_DAYS = 5


@transaction.atomic
def complaint_file(*, about: str, body: str, reference: str = "", contact: str = "") -> Complaint:
    """Take a complaint from anybody and say by when it is replied to (``due_on``).

    Raises:
        ComplaintRefusedError: nothing is said, or the reference names nothing. Nothing
            is saved.
    """
    if not body.strip():
        raise ComplaintRefusedError(_("请写明情况。"))
    named = reference_named(reference) if reference.strip() else None
    if reference.strip() and named is None:
        raise ComplaintRefusedError(_("没有找到这个编号。请核对，或者留空。"))
    complaint = Complaint(
        about=ComplaintSubject(about),
        body=body.strip(),
        contact=contact.strip(),
        due_on=working_days_after(clock.today(), REPLY_WORKING_DAYS),
    )
    if named is not None:
        complaint.reference = named.text
        complaint.need, complaint.donation = named.need, named.donation
        complaint.campaign = named.campaign
    complaint.save()
    return complaint


@transaction.atomic
def complaint_answer(*, complaint_id: int, actor: User, text: str) -> ComplaintReply:
    """Reply to a complaint that stays open.

    Raises:
        RoleMissingError: not one who settles such complaints there.
        SamePersonError: took part in what it is about.
        ComplaintRefusedError: closed already, no words, or words that identify somebody.
    """
    complaint = _locked(complaint_id, actor)
    reply = _reply(complaint, actor, text)
    if complaint.status == ComplaintStatus.OPEN:
        complaint.status, complaint.answered_at = ComplaintStatus.ANSWERED, reply.at
        complaint.save()
    _record(complaint, actor, "complaint.answered")
    return reply


@transaction.atomic
def complaint_close(
    *, complaint_id: int, actor: User, outcome: ComplaintOutcome, reason: str
) -> Complaint:
    """End a complaint with what it came to and why; the reason is its last reply.

    Raises: as ``complaint_answer``.
    """
    complaint = _locked(complaint_id, actor)
    reply = _reply(complaint, actor, reason, outcome=ComplaintOutcome(outcome))
    complaint.answered_at = complaint.answered_at or reply.at
    complaint.status, complaint.outcome = ComplaintStatus.CLOSED, outcome
    complaint.closed_by, complaint.closed_at = actor, reply.at
    complaint.save()
    _record(complaint, actor, "complaint.closed", outcome=str(outcome))
    return complaint


def handling_refusal(*, complaint: Complaint, actor: User) -> str:
    """Return why this person may not settle it, in words; empty where they may."""
    try:
        _require_handler(complaint, actor)
    except ActorRefusedError as refusal:
        return refusal.message
    return ""


def _locked(complaint_id: int, actor: User) -> Complaint:
    complaint = Complaint.objects.select_for_update(no_key=True, of=("self",)).get(pk=complaint_id)
    _require_handler(complaint, actor)
    if complaint.status == ComplaintStatus.CLOSED:
        raise ComplaintRefusedError(_("这件投诉已经办结。"))
    return complaint


def _require_handler(complaint: Complaint, actor: User) -> None:
    roles = HANDLERS[ComplaintSubject(complaint.about)]
    if Role.FUND_OFFICER in roles:
        policies.require(actor, Role.FUND_OFFICER)
        return
    if complaint.need is None:
        # Of no place: it belongs to every county.
        if not policies.holds(actor, Role.COUNTY_APPROVER):
            raise RoleMissingError(_("这件投诉由县级审定员办理。"))
        return
    policies.require_any(actor, roles, region=complaint.need.village.region)
    # Whoever filed or verified the need does not judge what is said against it.
    check_separate_person(need=complaint.need, actor=actor, step=NeedStatus.IN_PUBLICITY)


def _reply(
    complaint: Complaint, actor: User, text: str, *, outcome: ComplaintOutcome | str = ""
) -> ComplaintReply:
    words = text.strip()
    if not words:
        raise ComplaintRefusedError(_("请写明答复。"))
    household_id = complaint.need.household_id if complaint.need else None
    if text_identifies(text=words, household_id=household_id):
        raise ComplaintRefusedError(
            _("答复凭编号就能看到，不能出现姓名、电话、证件号或账号。请改写后再提交。")
        )
    return ComplaintReply.objects.create(
        complaint=complaint, text=words, outcome=outcome, actor=actor
    )


def _record(complaint: Complaint, actor: User, action: str, **detail: str) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_label="donations.complaint",
        object_ref=complaint.code,
        **detail,
    )
