"""Where a person lands after signing in: desks, roles, own gifts, language."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.desks import desks_of
from core.pages import columns, me, moment, page_of
from donations.giving.selectors.account import gifts_of, roles_held
from donations.giving.views.gift_page import gift_url
from donations.models import Donation
from matching.models import RoleAssignment


@never_cache
@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show what this person may do, and what they gave."""
    page = page_of(request, gifts_of(me(request)))
    context = {
        "desks": desks_of(request.user),
        "roles": [
            {"term": row.get_role_display(), "value": _where(row)}
            for row in roles_held(me(request))
        ],
        "page": page,
        "columns": columns(
            _("捐给"), _("时间"), _("状态"), _("金额"), _("配捐"), _("收据"), numeric=(3, 4)
        ),
        "rows": [_gift_row(gift) for gift in page],
    }
    return render(request, "donations/giving/account.html", context)


def _where(row: RoleAssignment) -> str:
    if row.organisation:
        return row.organisation.label
    return row.region.label if row.region else _("全平台")


def _gift_row(gift: Donation) -> list[object]:
    receipt = getattr(gift, "receipt", None)
    cell: object = ""
    if receipt:
        address = reverse("receipt", args=[receipt.number])
        cell = {"text": receipt.number, "url": f"{address}?t={receipt.verification_code}"}
    return [
        {"text": gift.given_for.label, "url": gift_url(gift)},
        moment(gift.created_at),
        gift.get_status_display(),
        gift.amount.format(),
        gift.matched.format() if gift.matched else "",
        cell,
    ]
