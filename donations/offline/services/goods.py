"""Gifts in kind: recorded at a valuation by one, confirmed by another, booked apart from cash."""

from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, codes
from core.accounts.models import User
from core.money import Money
from core.two_people.services import decide, propose, require_form_unused
from core.two_people.states import ProposalStatus
from donations import chart
from donations.books.services.posting import credit, debit, post
from donations.exceptions import GoodsRefusedError
from donations.models import GoodsGift
from donations.states import EntryKind
from donations.tallies.services import tally_record
from matching.models import Campaign, Village
from matching.registry import policies
from matching.registry.selectors.households import text_identifies
from matching.states import Role


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """What came; ``value`` is all of it together, ``basis`` says where the value is from."""

    description: str
    quantity: int
    unit: str
    value: Money
    basis: str
    giver_name: str = ""


@transaction.atomic
def goods_record(
    *, actor: User, campaign_id: int, village_id: int, line: GoodsLine, code: str = ""
) -> GoodsGift:
    """Record goods received for a campaign; they count once confirmed.

    ``code`` comes from the form: the same form sent again returns its first record.

    Raises:
        RoleMissingError: not a fund officer.
        FormReusedError: the code stands for another record.
        GoodsRefusedError: no basis for the value, a village outside the campaign, or
            nothing received. Nothing was saved.
    """
    policies.require(actor, Role.FUND_OFFICER)
    # The campaign's row makes two copies of one form wait for each other.
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
    village = Village.objects.select_related("region").get(pk=village_id)
    code = code or codes.donation_code()
    first = GoodsGift.objects.filter(code=code).first()
    if first is not None:
        require_form_unused(first=first, actor=actor, same=first.value == line.value)
        return first
    _check(campaign, village, line)
    gift = propose(
        model=GoodsGift,
        actor=actor,
        code=code,
        campaign=campaign,
        village=village,
        giver_name=line.giver_name.strip(),
        description=line.description.strip(),
        quantity=line.quantity,
        unit=line.unit.strip(),
        value_minor=line.value.minor,
        currency=line.value.currency,
        valuation_basis=line.basis.strip(),
    )
    _record(gift, actor, "goods.recorded")
    return gift


def _check(campaign: Campaign, village: Village, line: GoodsLine) -> None:
    if line.quantity <= 0 or line.value.minor <= 0 or line.value.currency != campaign.currency:
        raise GoodsRefusedError(_("数量和估值都要大于零。"))
    if not line.basis.strip():
        raise GoodsRefusedError(_("请填写估值依据，例如发票号或询价记录。"))
    if not line.description.strip() or not line.unit.strip():
        raise GoodsRefusedError(_("请填写物资说明和单位。"))
    if not village.region.code.startswith(campaign.region.prefix):
        raise GoodsRefusedError(_("这个村不在活动的范围内。请核对活动和村。"))
    if text_identifies(text=line.description):
        raise GoodsRefusedError(_("物资说明会公开，不能出现电话、证件号或账号。请改写后再提交。"))


@transaction.atomic
def goods_confirm(*, goods_id: int, actor: User) -> GoodsGift:
    """Confirm that goods are there at that value; book them once and show them on the board.

    Confirmed already by the same person: returned unchanged.

    Raises:
        RoleMissingError, SamePersonError: not a fund officer, or the one who recorded them;
            superusers are no exception.
        AlreadyDecidedError: decided otherwise already.
    """
    gift = _locked(goods_id, actor)
    if not decide(proposal=gift, actor=actor, to=ProposalStatus.CONFIRMED):
        return gift
    entry = post(
        key=f"goods:{gift.code}",
        kind=EntryKind.GOODS,
        memo=f"物资入账（估值） {gift.campaign.slug}",
        legs=[
            debit(chart.GOODS_HELD, gift.value),
            credit(chart.campaign_goods(gift.campaign.slug), gift.value),
        ],
        purpose=replace(gift.campaign.purpose, township_code=gift.village.township_code),
    )
    tally_record(
        entry=entry,
        campaign=gift.campaign,
        township_code=entry.township_code,
        goods_minor=gift.value_minor,
    )
    _record(gift, actor, "goods.confirmed")
    return gift


@transaction.atomic
def goods_refuse(*, goods_id: int, actor: User, reason: str) -> GoodsGift:
    """Turn a record down with a reason.

    Raises:
        RoleMissingError, SamePersonError: not a fund officer, or the one who recorded them.
        AlreadyDecidedError, ReasonMissingError: decided otherwise, or no reason given.
    """
    gift = _locked(goods_id, actor)
    if decide(proposal=gift, actor=actor, to=ProposalStatus.REFUSED, reason=reason):
        _record(gift, actor, "goods.refused")
    return gift


def _locked(goods_id: int, actor: User) -> GoodsGift:
    policies.require(actor, Role.FUND_OFFICER)
    return GoodsGift.objects.select_for_update(no_key=True).get(pk=goods_id)


def _record(gift: GoodsGift, actor: User, action: str) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_label="donations.goods",
        object_ref=gift.code,
        value_minor=gift.value_minor,
    )
