"""Filing a need, deciding on it step by step, and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from matching.exceptions import ConsentMissingError, RoleMissingError, TransitionRefusedError
from matching.models import Household, Need, NeedItem
from matching.needs.selectors.publishing import consent_in_force
from matching.needs.services.notices import notice_open, notice_take_down
from matching.needs.services.transitions import check_separate_person, need_locked, need_move
from matching.registry import policies
from matching.registry.selectors.households import text_identifies
from matching.states import (
    STEP_APPROVED,
    STEP_ROLE,
    ConsentScope,
    Decision,
    Kind,
    NeedStatus,
    Role,
)

S = NeedStatus
DECIDED: dict[str, NeedStatus] = {Decision.SEND_BACK: S.DRAFT, Decision.REJECT: S.REJECTED}


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One line of a need; the unit price in minor units."""

    name: str
    quantity: int
    unit: str
    unit_price_minor: int
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class NeedTerms:
    """What a need says. Titles and summaries are read by strangers."""

    project_id: int
    category: str
    cause: str
    title: str
    summary: str
    title_en: str = ""
    summary_en: str = ""
    kind: str = Kind.MONEY
    campaign_id: int | None = None


def _values(terms: NeedTerms) -> dict[str, object]:
    return {field.name: getattr(terms, field.name) for field in fields(terms)}


@transaction.atomic
def need_draft(
    *, actor: User, household_id: int, terms: NeedTerms, items: Sequence[ItemLine]
) -> Need:
    """Begin a need for a household; its target is the sum of its items.

    Raises:
        RoleMissingError: not an officer of the household's village.
        TransitionRefusedError: no item, or the text for strangers would identify somebody.
    """
    household = Household.objects.select_related("village__region").get(pk=household_id)
    policies.require(actor, Role.VILLAGE_OFFICER, region=household.village.region)
    target = _check_content(household, terms, items)
    need = Need.objects.create(
        household=household,
        village=household.village,
        filed_by=actor,
        target_minor=target,
        **_values(terms),
    )
    NeedItem.objects.bulk_create(NeedItem(need=need, **_line(item)) for item in items)
    return need


@transaction.atomic
def need_edit(*, need_id: int, actor: User, terms: NeedTerms, items: Sequence[ItemLine]) -> Need:
    """Rewrite a draft, by any officer of its village.

    Raises:
        RoleMissingError: not an officer there.
        TransitionRefusedError: no longer a draft, no item, or identifying text.
    """
    need = need_locked(need_id=need_id)
    policies.require(actor, Role.VILLAGE_OFFICER, region=need.village.region)
    if need.status != S.DRAFT:
        raise TransitionRefusedError(
            _("这个需求已经提交，不能再修改。需要修改时，请审核人退回补正。")
        )
    need.target_minor = _check_content(need.household, terms, items)
    for name, value in _values(terms).items():
        setattr(need, name, value)
    need.save()
    need.items.all().delete()
    NeedItem.objects.bulk_create(NeedItem(need=need, **_line(item)) for item in items)
    return need


def _line(item: ItemLine) -> dict[str, object]:
    return {field.name: getattr(item, field.name) for field in fields(item)}


def _check_content(household: Household, terms: NeedTerms, items: Sequence[ItemLine]) -> int:
    """Return the items' sum, or refuse."""
    if not items:
        raise TransitionRefusedError(_("请至少填写一项物品或用途。"))
    public = " ".join(
        [terms.title, terms.title_en, terms.summary, terms.summary_en]
        + [f"{item.name} {item.name_en}" for item in items]
    )
    if text_identifies(text=public, household_id=household.pk):
        raise TransitionRefusedError(
            _("标题、说明和清单会公开，不能出现姓名、住址、电话、证件号或卡号。请改写后再保存。")
        )
    return sum(item.quantity * item.unit_price_minor for item in items)


@transaction.atomic
def need_file(*, need_id: int, actor: User) -> Need:
    """Submit a draft to the village reviewer; after a send-back this starts a new round.

    Raises:
        RoleMissingError: not an officer of that village.
        SamePersonError: reviewed this need before.
        ConsentMissingError: no consent to publish in force.
        TransitionRefusedError: not a draft, no item, or no evidence file.
    """
    need = need_locked(need_id=need_id)
    policies.require(actor, Role.VILLAGE_OFFICER, region=need.village.region)
    check_separate_person(need=need, actor=actor, step=S.DRAFT)
    if not consent_in_force(need.household_id, ConsentScope.PUBLISH_NEED):
        raise ConsentMissingError(
            _("农户对“公开需求”的同意未取得、已撤回或已过期。请先在农户页面补录同意，再提交。")
        )
    if not need.items.exists():
        raise TransitionRefusedError(_("请至少填写一项物品或用途。"))
    if not need.evidence.exists():
        raise TransitionRefusedError(_("请至少上传一份佐证材料，再提交。"))
    need_move(need=need, to=S.FILED, actor=actor, role=Role.VILLAGE_OFFICER)
    return need


@transaction.atomic
def need_decide(
    *, need_id: int, actor: User, decision: str, reason: str = "", expected_status: str = ""
) -> Need:
    """Approve, send back or reject at the step where the need stands.

    Approval at the county step puts up the public notice in the same transaction.
    ``expected_status`` is what the decider saw; a need that has moved on is refused.

    Raises:
        RoleMissingError: not the role for this step and region.
        SamePersonError: took part in another step.
        TransitionRefusedError: not at a step, moved on, or a refusal without a reason.
        ConsentMissingError: consent ended before the notice could go up.
    """
    need = need_locked(need_id=need_id)
    step = S(need.status)
    if (expected_status and expected_status != step) or step not in STEP_ROLE:
        raise TransitionRefusedError(
            _("需求现在是“%(status)s”，不在等待这一步的决定。请刷新页面查看最新状态。")
            % {"status": step.label}
        )
    role = STEP_ROLE[step]
    policies.require(actor, role, region=need.village.region)
    check_separate_person(need=need, actor=actor, step=step)
    reason = reason.strip()
    if decision not in Decision.values:
        raise TransitionRefusedError(_("请选择通过、退回补正或不予通过。"))
    if decision != Decision.APPROVE and not reason:
        raise TransitionRefusedError(_("退回或不予通过时，请写明理由，让填报人知道怎么做。"))
    to = DECIDED.get(decision, STEP_APPROVED[step])
    if to == S.IN_PUBLICITY:
        _check_consent_for_notice(need)
    need_move(need=need, to=to, actor=actor, decision=decision, role=role, reason=reason)
    if to == S.IN_PUBLICITY:
        notice_open(need=need)
    return need


def _check_consent_for_notice(need: Need) -> None:
    if not consent_in_force(need.household_id, ConsentScope.PUBLISH_NEED):
        raise ConsentMissingError(
            _(
                "农户对“公开需求”的同意已撤回或已过期，不能公示。请退回补正，由驻村干部重新取得同意。"
            )
        )


@transaction.atomic
def need_withdraw(*, need_id: int, actor: User, reason: str) -> Need:
    """Take a need back for good, by an officer of its village or the county approver.

    Withdrawn already: nothing happens.

    Raises:
        RoleMissingError: neither of them.
        TransitionRefusedError: no reason, money promised or arrived, or too late.
    """
    need = need_locked(need_id=need_id)
    region = need.village.region
    roles = [
        role
        for role in (Role.VILLAGE_OFFICER, Role.COUNTY_APPROVER)
        if policies.holds(actor, role, region=region)
    ]
    if not roles:
        raise RoleMissingError(_("只有本村驻村干部或本县审定员可以撤回需求。"))
    if need.status == S.WITHDRAWN:
        return need
    if not reason.strip():
        raise TransitionRefusedError(_("请写明撤回的理由。"))
    if need.committed_minor:
        raise TransitionRefusedError(
            _("已有善款到账或正在支付，不能撤回。请先暂停需求，由资金专员处理已有善款。")
        )
    notice_take_down(need=need)
    need_move(need=need, to=S.WITHDRAWN, actor=actor, role=roles[0], reason=reason.strip())
    return need
