"""Pairing: proposed by a partner, accepted and followed by the county, step by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import audit, clock, codes
from core.accounts.models import User
from core.changes import announce
from core.exceptions import SamePersonError
from core.two_people.services import decide, propose, require_form_unused, require_other_person
from core.two_people.states import ProposalStatus
from matching.exceptions import AgreementRefusedError, PayingSideError, RoleMissingError
from matching.models import Milestone, MilestoneEvent, PairingAgreement, Village
from matching.registry import policies
from matching.registry.selectors.households import text_identifies
from matching.states import AgreementStatus, MilestoneStatus, Role

A = AgreementStatus
M = MilestoneStatus
MOST_MILESTONES = 12


@dataclass(frozen=True, slots=True)
class MilestoneTerms:
    """One step and its instalment in minor units."""

    title: str
    due_on: date
    amount_minor: int
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class AgreementTerms:
    """What is promised; the promise is the sum of the milestones."""

    organisation_id: int
    village_id: int
    title: str
    starts_on: date
    ends_on: date
    milestones: Sequence[MilestoneTerms]
    title_en: str = ""


@transaction.atomic
def agreement_propose(*, actor: User, terms: AgreementTerms, code: str = "") -> PairingAgreement:
    """Propose an agreement on behalf of one's organisation.

    ``code`` comes from the form: the same form sent again returns its first proposal.

    Raises:
        RoleMissingError: not a representative of the organisation.
        FormReusedError: the code stands for another proposal.
        AgreementRefusedError: terms that contradict each other, or the two are paired
            already. Nothing was made.
    """
    if not policies.organisations_of(actor).filter(pk=terms.organisation_id).exists():
        raise RoleMissingError(_("您不是这个帮扶单位的代表，不能替它提出协议。"))
    code = code or codes.agreement_code()
    first = PairingAgreement.objects.filter(code=code).first()
    if first is not None:
        same = first.organisation_id == terms.organisation_id
        require_form_unused(first=first, actor=actor, same=same)
        return first
    _check_terms(terms)
    agreement = _agreement_create(actor, terms, code)
    Milestone.objects.bulk_create(
        Milestone(
            agreement=agreement,
            title=step.title.strip(),
            title_en=step.title_en.strip(),
            due_on=step.due_on,
            amount_minor=step.amount_minor,
        )
        for step in terms.milestones
    )
    _record(agreement, actor, "agreement.proposed", promised_minor=agreement.promised_minor)
    return agreement


def _agreement_create(actor: User, terms: AgreementTerms, code: str) -> PairingAgreement:
    try:
        with transaction.atomic():
            return propose(
                model=PairingAgreement,
                actor=actor,
                code=code,
                organisation_id=terms.organisation_id,
                village=Village.objects.get(pk=terms.village_id),
                title=terms.title.strip(),
                title_en=terms.title_en.strip(),
                promised_minor=sum(step.amount_minor for step in terms.milestones),
                starts_on=terms.starts_on,
                ends_on=terms.ends_on,
            )
    except IntegrityError as error:
        raise AgreementRefusedError(
            _("贵单位和这个村已有一份意向中或履行中的协议。请在那份协议里继续。")
        ) from error


def _check_terms(terms: AgreementTerms) -> None:
    if not terms.title.strip():
        raise AgreementRefusedError(_("请填写协议名称。"))
    if terms.ends_on <= terms.starts_on:
        raise AgreementRefusedError(_("结束日期要晚于开始日期。"))
    if not 1 <= len(terms.milestones) <= MOST_MILESTONES:
        raise AgreementRefusedError(
            _("请填写 1 到 %(most)d 个里程碑。") % {"most": MOST_MILESTONES}
        )
    for step in terms.milestones:
        if not step.title.strip() or step.amount_minor <= 0:
            raise AgreementRefusedError(_("每个里程碑都要有名称和大于零的金额。"))
        if not terms.starts_on <= step.due_on <= terms.ends_on:
            raise AgreementRefusedError(_("里程碑的到期日要在协议期限之内。"))


@transaction.atomic
def agreement_accept(*, agreement_id: int, actor: User) -> PairingAgreement:
    """Sign for the county; the agreement comes into force today.

    Accepted already by the same person: returned unchanged.

    Raises:
        RoleMissingError, PayingSideError: no county approver of that region, or one who
            stands for the organisation.
        SamePersonError: the one who proposed it; superusers are no exception.
        AlreadyDecidedError: no longer a proposal.
    """
    agreement = _agreement_locked(agreement_id)
    _check_county(agreement, actor)
    if decide(
        proposal=agreement, actor=actor, to=ProposalStatus.CONFIRMED, signed_on=clock.today()
    ):
        _record(agreement, actor, "agreement.accepted")
    return agreement


@transaction.atomic
def agreement_end(*, agreement_id: int, actor: User, reason: str) -> PairingAgreement:
    """End an agreement early, or turn a proposal down; money that arrived stays payable.

    Turning it down is the county's decision; its own organisation may withdraw a
    proposal, which nobody decides. The same end again changes nothing.

    Raises:
        RoleMissingError, PayingSideError: not somebody who may end it.
        SamePersonError: turning down for the county what one proposed oneself.
        AgreementRefusedError: over already, or no reason given.
    """
    agreement = _agreement_locked(agreement_id)
    own = policies.organisations_of(actor).filter(pk=agreement.organisation_id).exists()
    withdraws = own and agreement.signed_on is None
    if not withdraws:
        _check_county(agreement, actor)
    if agreement.status == A.ENDED and agreement.closed_by_id == actor.pk:
        return agreement
    _check_status(agreement, A.PROPOSED, A.ACTIVE)
    _check_words(reason, _("请填写终止的理由。"))
    if agreement.is_waiting and not withdraws:
        decide(proposal=agreement, actor=actor, to=ProposalStatus.REFUSED, reason=reason)
    return _close(agreement, A.ENDED, actor, reason)


@transaction.atomic
def agreement_complete(*, agreement_id: int, actor: User, note: str = "") -> PairingAgreement:
    """Record that everything promised was done. The same again changes nothing.

    Raises:
        RoleMissingError, PayingSideError: no county approver of that region, or one who
            stands for the organisation.
        AgreementRefusedError: not in force, or a milestone is not approved.
    """
    agreement = _agreement_locked(agreement_id)
    _check_county(agreement, actor)
    if agreement.status == A.COMPLETED and agreement.closed_by_id == actor.pk:
        return agreement
    _check_status(agreement, A.ACTIVE)
    if agreement.milestones.exclude(status=M.APPROVED).exists():
        raise AgreementRefusedError(_("还有里程碑没有确认，不能办结协议。"))
    return _close(agreement, A.COMPLETED, actor, note)


def _close(
    agreement: PairingAgreement, status: AgreementStatus, actor: User, note: str
) -> PairingAgreement:
    agreement.status = status
    agreement.closed_by, agreement.closed_on = actor, clock.today()
    agreement.closing_note = note.strip()
    agreement.save()
    _record(agreement, actor, f"agreement.{status}")
    return agreement


@transaction.atomic
def milestone_report(*, milestone_id: int, actor: User, note: str) -> Milestone:
    """Report that a step is done, for the partner or by an officer of the village.

    ``note`` is read by strangers. Reported already by the same person: unchanged.

    Raises:
        RoleMissingError: neither of the partner nor an officer there.
        SamePersonError: the one who sent it back.
        AgreementRefusedError: the agreement is not in force, the step is reported, or
            the note is empty or would identify somebody.
    """
    milestone, agreement = _milestone_locked(milestone_id)
    if not may_report(agreement=agreement, user=actor):
        raise RoleMissingError(_("里程碑由帮扶单位代表或该村的驻村干部上报。"))
    if milestone.status == M.REPORTED and _acted(milestone, actor):
        return milestone
    _check_status(agreement, A.ACTIVE)
    _check_milestone(milestone, M.PLANNED)
    if milestone.events.filter(actor=actor).exclude(new_status=M.REPORTED).exists():
        raise SamePersonError(_("这个里程碑由您退回过，要由其他人员上报。"))
    _check_words(note, _("请填写完成情况。"))
    return _milestone_move(milestone, M.REPORTED, actor, note)


@transaction.atomic
def milestone_approve(*, milestone_id: int, actor: User, note: str = "") -> Milestone:
    """Confirm a reported step for the county. Approved by the same person: unchanged.

    Raises:
        RoleMissingError, PayingSideError: no county approver of that region, or one who
            stands for the organisation.
        SamePersonError: the one who reported it; superusers are no exception.
        AgreementRefusedError: the agreement is not in force or the step is not reported.
    """
    milestone, agreement = _milestone_locked(milestone_id)
    _check_county(agreement, actor)
    if milestone.status == M.APPROVED and _acted(milestone, actor):
        return milestone
    _check_status(agreement, A.ACTIVE)
    _check_milestone(milestone, M.REPORTED)
    _check_not_reporter(milestone, actor)
    _check_words(note, "")
    return _milestone_move(milestone, M.APPROVED, actor, note)


@transaction.atomic
def milestone_send_back(*, milestone_id: int, actor: User, note: str) -> Milestone:
    """Send a reported step back for the county, with a reason that strangers may read.

    It is planned again and a new round of reporting begins.

    Raises:
        RoleMissingError, PayingSideError, SamePersonError: as ``milestone_approve``.
        AgreementRefusedError: the agreement is not in force, the step is not reported, or
            the reason is empty or would identify somebody. Nothing has changed.
    """
    milestone, agreement = _milestone_locked(milestone_id)
    _check_county(agreement, actor)
    _check_status(agreement, A.ACTIVE)
    _check_milestone(milestone, M.REPORTED)
    _check_not_reporter(milestone, actor)
    _check_words(note, _("请写明退回的理由，让上报的人知道怎么做。"))
    return _milestone_move(milestone, M.PLANNED, actor, note)


def may_report(*, agreement: PairingAgreement, user: User) -> bool:
    """Return whether the person reports steps of this agreement."""
    own = policies.organisations_of(user).filter(pk=agreement.organisation_id).exists()
    return own or policies.holds(user, Role.VILLAGE_OFFICER, region=agreement.village.region)


def may_decide(*, agreement: PairingAgreement, user: User) -> bool:
    """Return whether the person decides on this agreement for the county."""
    own = policies.organisations_of(user).filter(pk=agreement.organisation_id).exists()
    return not own and policies.holds(user, Role.COUNTY_APPROVER, region=agreement.village.region)


def may_end(*, agreement: PairingAgreement, user: User) -> bool:
    """Return whether the person may end it now, or withdraw it as a proposal of their side."""
    if agreement.status not in {A.PROPOSED, A.ACTIVE}:
        return False
    own = policies.organisations_of(user).filter(pk=agreement.organisation_id).exists()
    decides = may_decide(agreement=agreement, user=user)
    if agreement.status == A.PROPOSED:
        return own or (decides and agreement.may_be_decided_by(user))
    return decides


def _agreement_locked(agreement_id: int) -> PairingAgreement:
    rows = PairingAgreement.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("village__region").get(pk=agreement_id)


def _milestone_locked(milestone_id: int) -> tuple[Milestone, PairingAgreement]:
    """Lock the agreement, then the step."""
    agreement_id = Milestone.objects.values_list("agreement_id", flat=True).get(pk=milestone_id)
    agreement = _agreement_locked(agreement_id)
    return Milestone.objects.select_for_update(no_key=True).get(pk=milestone_id), agreement


def _check_county(agreement: PairingAgreement, actor: User) -> None:
    policies.require(actor, Role.COUNTY_APPROVER, region=agreement.village.region)
    if policies.organisations_of(actor).filter(pk=agreement.organisation_id).exists():
        raise PayingSideError(_("您代表出资的单位，不能替县里办理它的协议。"))


def _check_status(agreement: PairingAgreement, *allowed: AgreementStatus) -> None:
    if agreement.status not in allowed:
        raise AgreementRefusedError(
            _("协议现在是“%(status)s”，不能这样办理。请刷新页面查看最新状态。")
            % {"status": agreement.get_status_display()}
        )


def _check_milestone(milestone: Milestone, expected: MilestoneStatus) -> None:
    if milestone.status != expected:
        raise AgreementRefusedError(
            _("这个里程碑现在是“%(status)s”，不能这样办理。请刷新页面查看最新状态。")
            % {"status": milestone.get_status_display()}
        )


def _check_words(text: str, missing: str) -> None:
    if missing and not text.strip():
        raise AgreementRefusedError(missing)
    if text_identifies(text=text):
        raise AgreementRefusedError(_("说明会公开，不能出现电话、证件号或账号。请改写后再提交。"))


def _round(milestone: Milestone) -> int:
    """Return the round of reporting: every sending back begins another."""
    return 1 + milestone.events.filter(new_status=M.PLANNED).count()


def _acted(milestone: Milestone, actor: User) -> bool:
    return milestone.events.filter(actor=actor, round=_round(milestone)).exists()


def _check_not_reporter(milestone: Milestone, actor: User) -> None:
    """Whoever reported it, in any round, does not decide on it."""
    reporters = milestone.events.filter(new_status=M.REPORTED).values_list("actor_id", flat=True)
    require_other_person(actor=actor, proposers=list(reporters))


def _milestone_move(milestone: Milestone, to: MilestoneStatus, actor: User, note: str) -> Milestone:
    MilestoneEvent.objects.create(
        milestone=milestone,
        old_status=milestone.status,
        new_status=to,
        actor=actor,
        note=note.strip(),
        round=_round(milestone),
    )
    milestone.status = to
    milestone.save(update_fields=["status", "updated_at"])
    announce(PairingAgreement, milestone.agreement_id)
    return milestone


def _record(agreement: PairingAgreement, actor: User, action: str, **detail: int | str) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_label="matching.agreement",
        object_ref=agreement.code,
        **detail,
    )
    announce(PairingAgreement, agreement.pk)
