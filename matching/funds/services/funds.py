"""Match funds over their life: created with slots, topped up, reduced, paused, closed."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core import audit
from core.accounts.models import User
from core.money import Money
from matching.exceptions import FundRefusedError
from matching.funds.engine.slots import opening
from matching.models import Campaign, MatchFund, MatchFundSlot, Organisation, Region
from matching.states import FundScope, FundStatus

HOT_SLOTS = 64


@transaction.atomic
def fund_create(
    *,
    sponsor: Organisation,
    name: str,
    authorised: Money,
    opens_at: datetime,
    closes_at: datetime,
    name_en: str = "",
    ratio_percent: int = 100,
    min_gift_minor: int = 100,
    gift_cap_minor: int | None = None,
    donor_day_cap_minor: int | None = None,
    scope: str = FundScope.ALL,
    scope_category: str = "",
    scope_region: Region | None = None,
    scope_campaign: Campaign | None = None,
    priority: int = 100,
    slot_count: int = 1,
    code: str | None = None,
    actor: User | None = None,
) -> MatchFund:
    """Open a fund and lay its money into slots: one ordinarily, ``HOT_SLOTS`` for a hot one.

    With a ``code`` the call is idempotent: a fund of that code is returned as it is.

    Raises:
        FundRefusedError: the rule contradicts itself; nothing was made.
    """
    existing = MatchFund.objects.filter(code=code).first() if code else None
    if existing:
        return existing
    fund = MatchFund(
        sponsor=sponsor,
        name=name,
        name_en=name_en,
        currency=authorised.currency,
        authorised_minor=authorised.minor,
        ratio_percent=ratio_percent,
        min_gift_minor=min_gift_minor,
        gift_cap_minor=gift_cap_minor,
        donor_day_cap_minor=donor_day_cap_minor,
        opens_at=opens_at,
        closes_at=closes_at,
        scope=scope,
        scope_category=scope_category,
        scope_region=scope_region,
        scope_campaign=scope_campaign,
        priority=priority,
        slot_count=slot_count,
    )
    if code:
        fund.code = code
    _check(fund)
    fund.save()
    MatchFundSlot.objects.bulk_create(
        MatchFundSlot(fund=fund, slot=slot, remaining_minor=minor)
        for slot, minor in enumerate(opening(authorised.minor, slot_count))
    )
    _record(actor, "fund_create", fund, amount_minor=authorised.minor)
    return fund


def _check(fund: MatchFund) -> None:
    limits = (fund.gift_cap_minor, fund.donor_day_cap_minor)
    checks = (
        (fund.authorised_minor <= 0, _("授权总额必须大于零。")),
        (not 1 <= fund.ratio_percent <= 1000, _("配捐比例应在 1% 到 1000% 之间。")),
        (fund.closes_at <= fund.opens_at, _("结束时间必须晚于开始时间。")),
        (any(cap is not None and cap <= 0 for cap in limits), _("上限必须大于零，或者留空。")),
        (not 1 <= fund.slot_count <= HOT_SLOTS, _("分格数应在 1 到 64 之间。")),
        (not _scope_is_complete(fund), _("请指明适用的类别、地区或活动。")),
    )
    for failed, message in checks:
        if failed:
            raise FundRefusedError(message)


def _scope_is_complete(fund: MatchFund) -> bool:
    wanted = {
        FundScope.CATEGORY: fund.scope_category,
        FundScope.REGION: fund.scope_region_id,
        FundScope.CAMPAIGN: fund.scope_campaign_id,
    }
    return fund.scope == FundScope.ALL or bool(wanted.get(FundScope(fund.scope)))


@transaction.atomic
def fund_top_up(*, fund_id: int, amount: Money, actor: User | None = None) -> None:
    """Raise the sponsor's promise; the money can be matched at once.

    Raises:
        FundRefusedError: not a positive sum in the fund's currency, or the fund is closed.
    """
    fund = _open_fund(fund_id, amount)
    slots = _slots_locked(fund_id)
    for slot, minor in zip(slots, opening(amount.minor, len(slots)), strict=True):
        slot.remaining_minor += minor
    MatchFundSlot.objects.bulk_update(slots, ["remaining_minor"])
    MatchFund.objects.filter(pk=fund_id).update(
        authorised_minor=F("authorised_minor") + amount.minor
    )
    _record(actor, "fund_top_up", fund, amount_minor=amount.minor)


@transaction.atomic
def fund_reduce(*, fund_id: int, amount: Money, actor: User | None = None) -> None:
    """Lower the sponsor's promise by money that nobody was promised.

    Raises:
        FundRefusedError: it would go below what is held and captured, or to nothing;
            nothing has changed.
    """
    fund = _open_fund(fund_id, amount)
    slots = _slots_locked(fund_id)
    free = sum(slot.remaining_minor for slot in slots)
    if amount.minor > free:
        raise FundRefusedError(
            _("只有 %(free)s 还没有承诺给捐赠，最多可以减少这么多。")
            % {"free": Money(free, fund.currency)}
        )
    lowered = MatchFund.objects.filter(pk=fund_id, authorised_minor__gt=amount.minor).update(
        authorised_minor=F("authorised_minor") - amount.minor
    )
    if not lowered:
        raise FundRefusedError(_("授权总额必须大于零。要停止配捐，请结束基金。"))
    for slot, minor in zip(slots, opening(free - amount.minor, len(slots)), strict=True):
        slot.remaining_minor = minor
    MatchFundSlot.objects.bulk_update(slots, ["remaining_minor"])
    _record(actor, "fund_reduce", fund, amount_minor=amount.minor)


def fund_pause(*, fund_id: int, actor: User | None = None) -> MatchFund:
    """Stop matching new gifts; what is held stays held. Paused already: nothing happens."""
    return _move(fund_id, FundStatus.ACTIVE, FundStatus.PAUSED, actor)


def fund_resume(*, fund_id: int, actor: User | None = None) -> MatchFund:
    """Match new gifts again. Active already: nothing happens."""
    return _move(fund_id, FundStatus.PAUSED, FundStatus.ACTIVE, actor)


@transaction.atomic
def fund_close(*, fund_id: int, actor: User | None = None) -> MatchFund:
    """End a fund for good; held leases are honoured, the rest is the sponsor's again."""
    closed = MatchFund.objects.filter(pk=fund_id).exclude(status=FundStatus.CLOSED)
    changed = closed.update(status=FundStatus.CLOSED)
    fund = MatchFund.objects.get(pk=fund_id)
    if changed:
        _record(actor, "fund_close", fund)
    return fund


@transaction.atomic
def _move(fund_id: int, old: FundStatus, new: FundStatus, actor: User | None) -> MatchFund:
    changed = MatchFund.objects.filter(pk=fund_id, status=old).update(status=new)
    fund = MatchFund.objects.get(pk=fund_id)
    if not changed and fund.status != new:
        raise FundRefusedError(_("这个基金已经结束，不能再更改。"))
    if changed:
        _record(actor, f"fund_{new}", fund)
    return fund


def _open_fund(fund_id: int, amount: Money) -> MatchFund:
    fund = MatchFund.objects.get(pk=fund_id)
    if fund.status == FundStatus.CLOSED:
        raise FundRefusedError(_("这个基金已经结束，不能再更改。"))
    if amount.minor <= 0 or amount.currency != fund.currency:
        raise FundRefusedError(_("请填写大于零、与基金币种相同的金额。"))
    return fund


def _slots_locked(fund_id: int) -> list[MatchFundSlot]:
    """Lock all slots in the order in which everybody does."""
    slots = MatchFundSlot.objects.select_for_update(no_key=True).filter(fund_id=fund_id)
    return list(slots.order_by("slot"))


def _record(actor: User | None, action: str, fund: MatchFund, **detail: int) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_label="matching.MatchFund",
        object_ref=fund.code,
        **detail,
    )
