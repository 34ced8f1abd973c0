"""The publicity step: objections on the record, and the end of a notice."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, clock
from core.accounts.models import User
from matching.exceptions import TransitionRefusedError
from matching.models import Need, Objection, PublicityNotice
from matching.needs.services.notices import notice_close, notice_open
from matching.needs.services.transitions import check_separate_person, need_locked, need_move
from matching.registry import policies
from matching.states import Decision, NeedStatus, NoticeStatus, ObjectionStatus, Role

__all__ = ["notice_open", "objection_file", "objection_resolve", "publicity_close_due"]

S = NeedStatus
RESOLVERS = (Role.COUNTY_APPROVER, Role.TOWNSHIP_REVIEWER)
# What an upheld objection may lead to, and the decision that stands on the record.
UPHELD_OUTCOMES = {S.DRAFT: Decision.SEND_BACK, S.REJECTED: Decision.REJECT}


@transaction.atomic
def objection_file(*, notice_id: int, body: str, contact: str = "") -> Objection:
    """Take an objection from anybody while the notice stands.

    Raises:
        TransitionRefusedError: the notice has ended, or nothing is said.
    """
    # Under the notice's lock, so that it cannot close between the question and the answer.
    notice = PublicityNotice.objects.select_for_update(no_key=True).get(pk=notice_id)
    if notice.status != NoticeStatus.OPEN or notice.closes_at <= clock.now():
        raise TransitionRefusedError(
            _("这份公示已经结束，不能再提出异议。您可以通过投诉与举报渠道反映。")
        )
    if not body.strip():
        raise TransitionRefusedError(_("请写明异议的内容。"))
    return Objection.objects.create(notice=notice, body=body.strip(), contact=contact.strip())


@transaction.atomic
def objection_resolve(
    *,
    objection_id: int,
    actor: User,
    status: ObjectionStatus,
    resolution: str,
    outcome: NeedStatus | None = None,
) -> Objection:
    """Settle an objection on the record; an upheld one ends the notice and moves the need.

    ``outcome`` says where an upheld one sends the need: DRAFT to be corrected, REJECTED
    for good.

    Raises:
        RoleMissingError: not a reviewer or approver there.
        SamePersonError: took part in this need.
        TransitionRefusedError: settled already, no explanation, or no such outcome.
    """
    found = Objection.objects.select_related("notice").get(pk=objection_id)
    # Need before notice before objection, everywhere.
    need = need_locked(need_id=found.notice.need_id)
    objection = Objection.objects.select_for_update(no_key=True).get(pk=objection_id)
    policies.require_any(actor, RESOLVERS, region=need.village.region)
    check_separate_person(need=need, actor=actor, step=S.IN_PUBLICITY)
    _check_resolution(objection, status, resolution, outcome)
    objection.status = status
    objection.resolution = resolution.strip()
    objection.resolved_by = actor
    objection.resolved_at = clock.now()
    objection.save()
    audit.record(
        actor=actor,
        action="objection.resolved",
        object_label="matching.objection",
        object_ref=objection.code,
        status=str(status),
    )
    if status == ObjectionStatus.UPHELD and need.status == S.IN_PUBLICITY and outcome:
        notice_close(notice=found.notice, status=NoticeStatus.FAILED)
        need_move(
            need=need,
            to=outcome,
            actor=actor,
            decision=UPHELD_OUTCOMES[outcome],
            role=_role_of(actor, need),
            reason=objection.resolution,
        )
    return objection


def _check_resolution(
    objection: Objection, status: str, resolution: str, outcome: NeedStatus | None
) -> None:
    if objection.status != ObjectionStatus.OPEN:
        raise TransitionRefusedError(_("这条异议已经处理过。"))
    if not resolution.strip():
        raise TransitionRefusedError(_("请写明处理说明。"))
    if status == ObjectionStatus.UPHELD and outcome not in UPHELD_OUTCOMES:
        raise TransitionRefusedError(_("异议成立时，请选择退回补正或不予通过。"))
    if status not in {ObjectionStatus.UPHELD, ObjectionStatus.DISMISSED}:
        raise TransitionRefusedError(_("请选择异议成立或不成立。"))


def _role_of(actor: User, need: Need) -> Role:
    region = need.village.region
    return next(role for role in RESOLVERS if policies.holds(actor, role, region=region))


def publicity_close_due() -> int:
    """End every notice whose time is up and against which no objection is open.

    Its need becomes verified. Each in a transaction of its own; safe to run twice and
    at once. Returns how many ended.
    """
    due = PublicityNotice.objects.filter(status=NoticeStatus.OPEN, closes_at__lte=clock.now())
    due = due.exclude(objections__status=ObjectionStatus.OPEN)
    return sum(_close(pk) for pk in due.order_by("closes_at").values_list("pk", flat=True))


@transaction.atomic
def _close(notice_id: int) -> bool:
    need_id = PublicityNotice.objects.values_list("need_id", flat=True).get(pk=notice_id)
    need = need_locked(need_id=need_id)
    notice = PublicityNotice.objects.select_for_update(no_key=True).get(pk=notice_id)
    objected = notice.objections.filter(status=ObjectionStatus.OPEN).exists()
    if notice.status != NoticeStatus.OPEN or objected or need.status != S.IN_PUBLICITY:
        return False
    notice_close(notice=notice, status=NoticeStatus.PASSED)
    need_move(need=need, to=S.VERIFIED, actor=None)
    return True
