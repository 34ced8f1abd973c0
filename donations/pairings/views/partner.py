"""The enterprise desk: own agreements, a new proposal, own match funds."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import clock, codes
from core.pages import columns, crumbs, me, page_of, submitted
from donations.pairings.forms import STEPS, AgreementForm, MilestoneFormSet, typed_steps
from donations.pairings.selectors import figures_of
from donations.pairings.views.desk import agreement_row
from matching.funds.selectors.funds import fund_progress, funds_sponsored_by
from matching.models import PairingAgreement
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
    funds = funds_sponsored_by(organisations)
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
    if request.method != "POST":
        first = {"code": codes.agreement_code(), "starts_on": clock.today()}
        form = AgreementForm(organisations=organisations, initial=first)
        return _propose_page(request, form, MilestoneFormSet(prefix=STEPS))
    if "add_row" in request.POST:
        values = {name: request.POST.get(name, "") for name in AgreementForm.base_fields}
        form = AgreementForm(organisations=organisations, initial=values)
        typed = typed_steps(request.POST)
        return _propose_page(request, form, MilestoneFormSet(prefix=STEPS, initial=typed))
    form = AgreementForm(request.POST, organisations=organisations)
    rows: Any = MilestoneFormSet(request.POST, prefix=STEPS)

    def propose_it(*, code: str, **_terms: Any) -> PairingAgreement:
        terms = form.terms(rows.milestones())
        return agreement_propose(actor=me(request), terms=terms, code=code)

    return submitted(
        request,
        form,
        propose_it,
        beside=[rows],
        page=partial(_propose_page, request, form, rows),
        said=_("已提出结对，等县级审定员接受。"),
        url=lambda made: reverse("pairing_desk", args=[made.code]),
    )


def _propose_page(
    request: HttpRequest, form: AgreementForm, rows: Any, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "rows": rows,
        "crumbs": crumbs((_("帮扶单位"), reverse("partner")), (_("提出结对"), "")),
    }
    return render(request, "donations/pairings/propose.html", context, status=status)
