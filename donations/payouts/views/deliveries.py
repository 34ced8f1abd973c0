"""Confirming in the field that help arrived."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.pages import columns, crumbs, facts, me, or_404, page_of, submitted
from donations.models import Delivery
from donations.payouts.forms.deliveries import DeliveryForm
from donations.payouts.selectors.deliveries import (
    delivery_of,
    messages_to,
    need_in_field,
    needs_awaiting_delivery,
    needs_confirmed,
    needs_to_confirm,
    paid_by,
)
from donations.payouts.services.deliveries import delivery_confirm
from matching.models import Need
from matching.registry.policies import holds, role_required
from matching.states import NeedStatus, Role

readers = role_required(Role.VILLAGE_OFFICER, Role.AUDITOR)
officers = role_required(Role.VILLAGE_OFFICER)


@readers
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show paid-out needs that wait for this officer; an auditor sees all that wait."""
    officer = holds(request.user, Role.VILLAGE_OFFICER)
    waiting = needs_to_confirm(me(request)) if officer else needs_awaiting_delivery()
    page = page_of(request, waiting)
    context = {
        "may_write": officer,
        "columns": columns(
            _("需求"), _("编号"), _("所在村"), _("金额"), _("拨付时间"), numeric=(3,)
        ),
        "rows": [_row(need, linked=officer) for need in page],
        "page": page,
        "done_rows": [_row(need, linked=True) for need in needs_confirmed(me(request))[:20]],
        "done_columns": columns(
            _("需求"), _("编号"), _("所在村"), _("金额"), _("完成时间"), numeric=(3,)
        ),
    }
    return render(request, "donations/payouts/deliveries.html", context)


def _row(need: Need, *, linked: bool) -> list[object]:
    url = reverse("delivery", args=[need.code]) if linked else ""
    return [
        {"text": need.label, "url": url},
        need.code,
        need.village.place,
        need.collected.format(),
        f"{localtime(need.closed_at or need.updated_at):%Y-%m-%d}",
    ]


@officers
@require_http_methods(["GET", "HEAD", "POST"])
def delivery(request: HttpRequest, code: str) -> HttpResponse:
    """Show a need of one's village and confirm that its help arrived."""
    need = or_404(need_in_field(me(request), code))
    if request.method != "POST":
        return _page(request, need, DeliveryForm())
    form = DeliveryForm(request.POST, request.FILES)

    def confirm(**_data: Any) -> Delivery:
        return delivery_confirm(
            need_id=need.pk,
            actor=me(request),
            upload=form.cleaned_data["photo"],
            facts=form.facts(),
        )

    def again(*, status: int) -> HttpResponse:
        return _page(request, or_404(need_in_field(me(request), code)), form, status=status)

    return submitted(
        request,
        form,
        confirm,
        page=again,
        said=_("送达已确认，需求完成。捐赠人会收到邮件。"),
        url=reverse("delivery", args=[code]),
    )


def _page(
    request: HttpRequest, need: Need, form: DeliveryForm, *, status: int = 200
) -> HttpResponse:
    found = delivery_of(need)
    context = {
        "need": need,
        "delivery": found,
        "messages_to": messages_to(need),
        "form": form,
        "paid_by_me": paid_by(need, me(request)),
        "may_confirm": need.status == NeedStatus.DISBURSED,
        "crumbs": crumbs((_("送达确认"), reverse("deliveries_desk")), (need.code, "")),
        "facts": facts(
            [
                (_("编号"), need.code),
                (_("所在村"), need.village.place),
                (_("金额"), need.collected),
                (_("状态"), need.get_status_display()),
                *_delivery_facts(found),
            ]
        ),
    }
    return render(request, "donations/payouts/delivery.html", context, status=status)


def _delivery_facts(found) -> list[tuple[str, object]]:
    if found is None:
        return []
    confirmed = _("受助户已亲自确认。") if found.household_confirmed else _("由驻村干部到场确认。")
    return [
        (_("送达日期"), found.delivered_on),
        (_("送达说明"), found.about),
        (_("确认"), confirmed),
    ]
