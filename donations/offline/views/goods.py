"""The money desk's part for goods."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import codes
from core.pages import Cells, columns, confirmed, facts, me, or_404, page_of, submitted
from core.two_people.states import ProposalStatus
from donations.models import GoodsGift
from donations.money_desk.forms import RefusalForm
from donations.money_desk.frame import (
    TONES,
    decision_of,
    desk_context,
    officers,
    readers,
    trail,
    turned_down,
)
from donations.offline.forms.goods import GoodsForm
from donations.offline.selectors import goods_by_code, goods_decided, goods_waiting
from donations.offline.services.goods import goods_confirm, goods_record, goods_refuse
from matching.models import Campaign, Village


@readers
@require_safe
def goods(request: HttpRequest) -> HttpResponse:
    """Show goods to confirm, and those decided."""
    page = page_of(request, goods_decided())
    context = desk_context(request, "money_goods") | {
        "columns": columns(
            _("物资"),
            _("数量"),
            _("活动"),
            _("村"),
            _("状态"),
            _("提出人"),
            _("估值"),
            numeric=(1, 6),
        ),
        "waiting_rows": [_row(gift) for gift in goods_waiting()[:100]],
        "decided_rows": [_row(gift) for gift in page],
        "page": page,
    }
    return render(request, "donations/offline/goods.html", context)


def _row(gift: GoodsGift) -> Cells:
    return [
        {"text": gift.description, "url": reverse("money_goods_gift", args=[gift.code])},
        f"{gift.quantity} {gift.unit}",
        gift.campaign.label,
        gift.village.label,
        gift.get_status_display(),
        str(gift.proposed_by),
        gift.value.format(),
    ]


@officers
@require_http_methods(["GET", "HEAD", "POST"])
def goods_new(request: HttpRequest) -> HttpResponse:
    """Record goods that were received."""
    if request.method != "POST":
        return _new_page(request, GoodsForm(initial={"code": codes.donation_code()}))
    form = GoodsForm(request.POST)

    def record(*, campaign: Campaign, village: Village, code: str, **_line: Any) -> GoodsGift:
        return goods_record(
            actor=me(request),
            campaign_id=campaign.pk,
            village_id=village.pk,
            line=form.line(),
            code=code,
        )

    return submitted(
        request,
        form,
        record,
        page=partial(_new_page, request, form),
        said=_("已登记，等另一位资金专员复核。"),
        url=lambda gift: reverse("money_goods_gift", args=[gift.code]),
    )


def _new_page(request: HttpRequest, form: GoodsForm, *, status: int = 200) -> HttpResponse:
    crumbs = trail((_("物资"), reverse("money_goods")), (_("登记物资"), ""))
    context = {"form": form, "crumbs": crumbs}
    return render(request, "donations/offline/goods_new.html", context, status=status)


@readers
@require_safe
def goods_gift(request: HttpRequest, code: str) -> HttpResponse:
    """Show one record of goods."""
    return _page(request, _or_404(code))


def _or_404(code: str) -> GoodsGift:
    return or_404(goods_by_code(code))


def _page(
    request: HttpRequest, found: GoodsGift, *, status: int = 200, **forms: Any
) -> HttpResponse:
    context = {
        "gift": found,
        "tone": TONES[ProposalStatus(found.status)],
        "crumbs": trail((_("物资"), reverse("money_goods")), (found.description, "")),
        "facts": facts(
            [
                (_("活动"), found.campaign.label),
                (_("村"), found.village.label),
                (_("数量"), f"{found.quantity} {found.unit}"),
                (_("估值"), found.value),
                (_("估值依据"), found.valuation_basis),
                (_("捐赠方公开称呼"), found.giver_name or _("爱心人士")),
                (_("提出人"), found.proposed_by),
                (_("复核人"), found.decided_by),
                (_("驳回理由"), found.refusal_reason),
            ]
        ),
        **decision_of(request, found),
        "refusal_form": RefusalForm(),
        "errors": [],
    } | forms
    return render(request, "donations/offline/goods_gift.html", context, status=status)


@officers
@require_POST
def goods_confirmation(request: HttpRequest, code: str) -> HttpResponse:
    """Confirm goods at their value and book them."""
    found = _or_404(code)
    return confirmed(
        request,
        partial(goods_confirm, goods_id=found.pk, actor=me(request)),
        page=partial(_page, request, found),
        said=_("物资已复核，按估值入账。"),
        url=reverse("money_goods_gift", args=[code]),
    )


@officers
@require_POST
def goods_refusal(request: HttpRequest, code: str) -> HttpResponse:
    """Turn a record of goods down."""
    found = _or_404(code)
    return turned_down(
        request,
        partial(goods_refuse, goods_id=found.pk, actor=me(request)),
        page=partial(_page, request, found),
        said=_("登记已驳回。"),
        url=reverse("money_goods_gift", args=[code]),
    )
