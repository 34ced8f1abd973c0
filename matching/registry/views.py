"""Households on the desk: registering, consents, and looking at an identity."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.exceptions import RefusedError
from core.pages import me, or_404, page_of, refused, say, submitted
from matching.models import Household, HouseholdIdentity
from matching.registry import policies
from matching.registry.forms import ConsentForm, HouseholdForm
from matching.registry.identity import check_digit_fits
from matching.registry.policies import officer_required, region_required
from matching.registry.selectors.households import (
    consents_in_force,
    household_in_reach,
    households_in_reach,
    masked_identity,
    needs_of_household,
    villages_to_register_in,
)
from matching.registry.services.consents import consent_record, consent_withdraw
from matching.registry.services.households import ConsentTerms, household_register, identity_view
from matching.states import ConsentScope, Role


@region_required
@require_safe
def households(request: HttpRequest) -> HttpResponse:
    """List the households of the person's regions, masked."""
    page = page_of(request, households_in_reach(request.user))
    context = {
        "page": page,
        "rows": [(household, masked_identity(household)) for household in page],
        "is_officer": Role.VILLAGE_OFFICER in policies.roles_of(request.user),
    }
    return render(request, "matching/registry/households.html", context)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def household_new(request: HttpRequest) -> HttpResponse:
    """Register a household."""
    villages = villages_to_register_in(me(request))
    form = HouseholdForm(request.POST or None, villages=villages)
    if len(villages) == 1:
        form.fields["village"].initial = villages[0]
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                return _registered(request, form.cleaned_data)
            except RefusedError as error:
                status = refused(form, error)
    return render(request, "matching/registry/household_form.html", {"form": form}, status=status)


def _registered(request: HttpRequest, data: dict) -> HttpResponse:
    household = household_register(
        actor=me(request),
        village_id=data["village"].pk,
        size_band=data["size_band"],
        has_minors=data["has_minors"],
        head_name=data["head_name"],
        id_number=data["id_number"],
        phone=data["phone"],
        address=data["address"],
        bank_card=data["bank_card"],
        consent=ConsentTerms(data["channel"], data["given_on"], data["expires_on"]),
    )
    say(request, _("农户 %(code)s 已登记。下一步：为这户填报需求。") % {"code": household.code})
    if not check_digit_fits(data["id_number"]):
        messages.warning(request, _("身份证号的校验码对不上，请对照证件再核对一次。"))
    return redirect("desk_household", code=household.code)


@region_required
@require_safe
def household(request: HttpRequest, code: str) -> HttpResponse:
    """Show a household behind stars, with its consents and needs."""
    return _page(request, or_404(household_in_reach(request.user, code)))


@region_required
@require_POST
def household_identity(request: HttpRequest, code: str) -> HttpResponse:
    """Show who the household is, once; the look is recorded. Never cached."""
    found = or_404(household_in_reach(request.user, code))
    identity = identity_view(household_id=found.pk, actor=me(request))
    response = _page(request, found, identity=identity)
    response["Cache-Control"] = "no-store"
    return response


@officer_required
@require_POST
def household_consent(request: HttpRequest, code: str) -> HttpResponse:
    """Record a consent."""
    found = or_404(household_in_reach(request.user, code))
    form = ConsentForm(request.POST)
    return submitted(
        request,
        form,
        partial(consent_record, actor=me(request), household_id=found.pk),
        page=partial(_page, request, found, consent_form=form),
        said=_("同意已记录。"),
        url=reverse("desk_household", args=[code]),
    )


@region_required
@require_POST
def household_consent_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """End a consent; what rested on it comes down."""
    found = or_404(household_in_reach(request.user, code))
    scope = request.POST.get("scope", "")
    if scope not in ConsentScope.values:
        messages.error(request, _("请选择要撤回的同意。"))
        return redirect("desk_household", code=code)
    moved = consent_withdraw(household_id=found.pk, scope=scope, actor=me(request))
    say(request, _("同意已撤回，相关的 %(count)d 个需求已停止公开。") % {"count": moved})
    return redirect("desk_household", code=code)


def _page(
    request: HttpRequest,
    found: Household,
    *,
    identity: HouseholdIdentity | None = None,
    consent_form: ConsentForm | None = None,
    status: int = 200,
) -> HttpResponse:
    officer = policies.holds(request.user, Role.VILLAGE_OFFICER, region=found.village.region)
    context = {
        "household": found,
        "masked": masked_identity(found),
        "identity": identity,
        "consents": [
            {"scope": scope, "label": scope.label, "consent": consent}
            for scope, consent in consents_in_force(found).items()
        ],
        "consent_form": (consent_form or ConsentForm()) if officer else None,
        "needs": needs_of_household(found),
        "is_officer": officer,
    }
    return render(request, "matching/registry/household.html", context, status=status)
