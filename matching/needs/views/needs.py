"""A need on the desk: filing it, and its page with every step."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.pages import confirmed, error_links, me, or_404, submitted
from matching.models import Household, Need
from matching.needs.forms.decisions import DecisionForm, EvidenceForm, PauseForm, ReasonForm
from matching.needs.forms.needs import (
    BaseItemFormSet,
    ItemFormSet,
    NeedForm,
    item_initial,
    need_initial,
    typed,
)
from matching.needs.selectors.desk import evidence_of, need_in_reach
from matching.needs.selectors.needs import items_of, need_timeline, status_tone, verified_by
from matching.needs.selectors.notices import latest_notice
from matching.needs.services.needs import (
    need_decide,
    need_draft,
    need_edit,
    need_file,
    need_withdraw,
)
from matching.needs.services.publishing import need_pause, need_resume
from matching.needs.views.actions import actions_for
from matching.registry.policies import case_required, officer_required, region_required
from matching.registry.selectors.households import household_in_reach, masked_identity

ROWS = "items"


def need_page(request: HttpRequest, need: Need, *, status: int = 200, **forms: Any) -> HttpResponse:
    """Render a need with its forms; those given stand in for fresh ones."""
    may = actions_for(me(request), need)
    context: dict[str, Any] = {
        "need": need,
        "may": may,
        "masked": masked_identity(need.household),
        "items": items_of(need),
        "evidence": evidence_of(need),
        "events": need_timeline(need),
        "people": verified_by(need),
        "tone": status_tone(need),
        "notice": latest_notice(need),
        "decision_form": DecisionForm(initial={"expected_status": need.status}),
        "evidence_form": EvidenceForm(),
        "withdraw_form": ReasonForm(prefix="withdraw"),
        "pause_form": PauseForm(prefix="pause"),
        "errors": [],
    } | forms
    shown = [("decision_form", may.decide), ("evidence_form", may.evidence)]
    shown += [("withdraw_form", may.withdraw), ("pause_form", may.pause or may.resume)]
    for name, visible in shown:
        if not visible and context[name].is_bound:
            # Its place on the page is gone, what it was told is not.
            context["errors"] = error_links(context[name])
    return render(request, "matching/needs/need_detail.html", context, status=status)


@case_required
@require_safe
def need(request: HttpRequest, code: str) -> HttpResponse:
    """Show a need to the people of its region."""
    return need_page(request, or_404(need_in_reach(request.user, code)))


def page_again(request: HttpRequest, code: str, **forms: Any) -> Callable[..., HttpResponse]:
    """Return the need's page with these forms, to be shown as the need stands by then."""

    def show(**more: Any) -> HttpResponse:
        need = or_404(need_in_reach(request.user, code))
        return need_page(request, need, **forms, **more)

    return show


@region_required
@require_POST
def need_decision(request: HttpRequest, code: str) -> HttpResponse:
    """Take one person's decision at the step where the need stands."""
    found = or_404(need_in_reach(request.user, code))
    form = DecisionForm(request.POST)
    return submitted(
        request,
        form,
        partial(need_decide, need_id=found.pk, actor=me(request)),
        page=page_again(request, code, decision_form=form),
        said=lambda decided: (
            _("已办理，需求现在是“%(status)s”。") % {"status": decided.get_status_display()}
        ),
        url=reverse("desk"),
    )


@officer_required
@require_POST
def need_filing(request: HttpRequest, code: str) -> HttpResponse:
    """Submit a draft."""
    found = or_404(need_in_reach(request.user, code))
    return confirmed(
        request,
        partial(need_file, need_id=found.pk, actor=me(request)),
        page=page_again(request, code),
        said=_("需求 %(code)s 已提交，等待村级初审。") % {"code": found.code},
        url=reverse("desk_need", args=[code]),
    )


@region_required
@require_POST
def need_withdrawal(request: HttpRequest, code: str) -> HttpResponse:
    """Take a need back for good."""
    found = or_404(need_in_reach(request.user, code))
    form = ReasonForm(request.POST, prefix="withdraw")
    return submitted(
        request,
        form,
        partial(need_withdraw, need_id=found.pk, actor=me(request)),
        page=page_again(request, code, withdraw_form=form),
        said=_("需求 %(code)s 已撤回。") % {"code": found.code},
        url=reverse("desk_need", args=[code]),
    )


@region_required
@require_POST
def need_pausing(request: HttpRequest, code: str) -> HttpResponse:
    """Take a public need from view; it accepts no gifts meanwhile."""
    done = _("需求 %(code)s 已暂停，不再展示，也不接受捐赠。") % {"code": code}
    return _pause_or_resume(request, code, need_pause, done)


@region_required
@require_POST
def need_resuming(request: HttpRequest, code: str) -> HttpResponse:
    """Show a paused need again."""
    done = _("需求 %(code)s 已恢复展示。") % {"code": code}
    return _pause_or_resume(request, code, need_resume, done)


def _pause_or_resume(
    request: HttpRequest, code: str, act: Callable[..., Need], done: str
) -> HttpResponse:
    found = or_404(need_in_reach(request.user, code))
    form = PauseForm(request.POST, prefix="pause")
    return submitted(
        request,
        form,
        partial(act, need_id=found.pk, actor=me(request)),
        page=page_again(request, code, pause_form=form),
        said=done,
        url=reverse("desk_need", args=[code]),
    )


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def need_new(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a need for a household."""
    household = or_404(household_in_reach(request.user, code))

    def save(**content: Any) -> Need:
        return need_draft(actor=me(request), household_id=household.pk, **content)

    return _edit_page(request, household=household, forms=_forms(request), save=save)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def need_editing(request: HttpRequest, code: str) -> HttpResponse:
    """Rewrite a draft."""
    found = or_404(need_in_reach(request.user, code))

    def save(**content: Any) -> Need:
        return need_edit(need_id=found.pk, actor=me(request), **content)

    forms = _forms(request, need_initial(found), item_initial(found))
    return _edit_page(request, household=found.household, forms=forms, save=save, need=found)


def _forms(
    request: HttpRequest,
    initial: dict[str, Any] | None = None,
    lines: list[dict[str, Any]] | None = None,
) -> tuple[NeedForm, BaseItemFormSet]:
    if request.method != "POST":
        return NeedForm(initial=initial), ItemFormSet(prefix=ROWS, initial=lines)
    if "add_row" in request.POST:
        values, typed_lines = typed(request.POST, ROWS)
        return NeedForm(initial=values), ItemFormSet(prefix=ROWS, initial=typed_lines)
    # Without initial values: compared with the stored lines, unchanged rows would count
    # as empty.
    return NeedForm(request.POST), ItemFormSet(request.POST, prefix=ROWS)


def _edit_page(
    request: HttpRequest,
    *,
    household: Household,
    forms: tuple[NeedForm, BaseItemFormSet],
    save: Callable[..., Need],
    need: Need | None = None,
) -> HttpResponse:
    form, rows = forms

    def keep(**_data: Any) -> Need:
        return save(terms=form.terms(), items=rows.lines())

    def page(*, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "rows": rows,
            "household": household,
            "masked": masked_identity(household),
            "need": need,
        }
        return render(request, "matching/needs/need_form.html", context, status=status)

    if not form.is_bound:
        return page()
    return submitted(
        request,
        form,
        keep,
        beside=[rows],
        page=page,
        said=_("草稿已保存。下一步：上传佐证材料，再提交审核。"),
        url=lambda saved: reverse("desk_need", args=[saved.code]),
    )
