"""The enterprise desk: own agreements, a new proposal, own match funds."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import clock, codes
from core.exceptions import RefusedError
from core.pages import columns, me, page_of, refused, say
from donations.pairings.forms import STEPS, AgreementForm, MilestoneFormSet, typed_steps
from donations.pairings.selectors import figures_of
from donations.pairings.views.desk import agreement_row
from matching.funds.selectors.funds import fund_progress
from matching.models import MatchFund
from matching.pairings.selectors import agreements_of_partner
from matching.pairings.services import agreement_propose
from matching.registry.policies import organisations_of, role_required
from matching.states import Role

partners = role_required(Role.PARTNER)


@partners
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show a representative's agreements with their figures, and their match funds."""
    organisations = organisations_of(request.user)
    page = page_of(request, agreements_of_partner(me(request)))
    figures = figures_of(page)
    funds = MatchFund.objects.filter(sponsor__in=organisations).order_by("-opens_at", "-pk")
    context = {
        "organisations": organisations,
        "columns": columns(
            _("协议"),
            _("结对单位"),
            _("村"),
            _("状态"),
            _("里程碑"),
            _("承诺"),
            _("到账"),
            _("支出"),
            numeric=(4, 5, 6, 7),
        ),
        "rows": [agreement_row(row, figures[row.pk]) for row in page],
        "page": page,
        "funds": [{"fund": fund, "progress": fund_progress(fund)} for fund in funds],
    }
    return render(request, "donations/pairings/partner.html", context)


@partners
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Propose an agreement; rows are added by the server, so no script is needed."""
    organisations = organisations_of(request.user)
    status = 200
    if request.method != "POST":
        first = {"code": codes.agreement_code(), "starts_on": clock.today()}
        form = AgreementForm(organisations=organisations, initial=first)
        rows = MilestoneFormSet(prefix=STEPS)
    elif "add_row" in request.POST:
        values = {name: request.POST.get(name, "") for name in AgreementForm.base_fields}
        form = AgreementForm(organisations=organisations, initial=values)
        rows = MilestoneFormSet(prefix=STEPS, initial=typed_steps(request.POST))
    else:
        form = AgreementForm(request.POST, organisations=organisations)
        rows = MilestoneFormSet(request.POST, prefix=STEPS)
        response, status = _save(request, form, rows)
        if response is not None:
            return response
    context = {
        "form": form,
        "rows": rows,
        "crumbs": [
            {"text": _("帮扶单位"), "url": reverse("partner")},
            {"text": _("提出结对"), "url": ""},
        ],
    }
    return render(request, "donations/pairings/propose.html", context, status=status)


def _save(request: HttpRequest, form: AgreementForm, rows: Any) -> tuple[HttpResponse | None, int]:
    if not form.is_valid() & rows.is_valid():
        return None, 400
    try:
        agreement = agreement_propose(
            actor=me(request),
            terms=form.terms(rows.milestones()),
            code=form.cleaned_data["code"],
        )
    except RefusedError as error:
        return None, refused(form, error)
    say(request, _("已提出结对，等县级审定员接受。"))
    target: Any = redirect("pairing_desk", code=agreement.code)
    return target, 302
