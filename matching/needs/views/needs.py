"""A need on the desk: filing it, and its page with every step."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.exceptions import RefusedError
from core.pages import me, refused, say
from core.templatetags.form_errors import error_links
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
from matching.needs.selectors.needs import need_timeline, status_tone, verified_by
from matching.needs.services.needs import (
    need_decide,
    need_draft,
    need_edit,
    need_file,
    need_withdraw,
)
from matching.needs.services.publishing import need_pause, need_resume
from matching.needs.views.access import need_or_404
from matching.needs.views.actions import actions_for
from matching.registry.policies import case_required, officer_required, region_required
from matching.registry.selectors.households import households_in_reach, masked_identity

ROWS = "items"


def need_page(request: HttpRequest, need: Need, *, status: int = 200, **forms: Any) -> HttpResponse:
    """Render a need with its forms; those given stand in for fresh ones."""
    may = actions_for(me(request), need)
    context: dict[str, Any] = {
        "need": need,
        "may": may,
        "masked": masked_identity(need.household),
        "items": need.items.all(),
        "evidence": need.evidence.select_related("uploaded_by").order_by("pk"),
        "events": need_timeline(need),
        "people": verified_by(need),
        "tone": status_tone(need),
        "notice": need.notices.order_by("-pk").first(),
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
    return need_page(request, need_or_404(request, code))


@region_required
@require_POST
def need_decision(request: HttpRequest, code: str) -> HttpResponse:
    """Take one person's decision at the step where the need stands."""
    found = need_or_404(request, code)
    form = DecisionForm(request.POST)
    status = 400
    if form.is_valid():
        try:
            decided = need_decide(need_id=found.pk, actor=me(request), **form.cleaned_data)
        except RefusedError as error:
            status = refused(form, error)
            found.refresh_from_db()
        else:
            say(
                request,
                _("已办理，需求现在是“%(status)s”。") % {"status": decided.get_status_display()},
            )
            return redirect("desk")
    return need_page(request, found, status=status, decision_form=form)


@officer_required
@require_POST
def need_filing(request: HttpRequest, code: str) -> HttpResponse:
    """Submit a draft."""
    found = need_or_404(request, code)
    try:
        need_file(need_id=found.pk, actor=me(request))
    except RefusedError as error:
        errors = [{"text": error.message, "href": ""}]
        return need_page(request, found, status=error.status_code, errors=errors)
    say(request, _("需求 %(code)s 已提交，等待村级初审。") % {"code": found.code})
    return redirect("desk_need", code=code)


@region_required
@require_POST
def need_withdrawal(request: HttpRequest, code: str) -> HttpResponse:
    """Take a need back for good."""
    found = need_or_404(request, code)
    form = ReasonForm(request.POST, prefix="withdraw")
    status = 400
    if form.is_valid():
        try:
            need_withdraw(need_id=found.pk, actor=me(request), **form.cleaned_data)
        except RefusedError as error:
            status = refused(form, error)
        else:
            say(request, _("需求 %(code)s 已撤回。") % {"code": found.code})
            return redirect("desk_need", code=code)
    return need_page(request, found, status=status, withdraw_form=form)


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
    found = need_or_404(request, code)
    form = PauseForm(request.POST, prefix="pause")
    status = 400
    if form.is_valid():
        try:
            act(need_id=found.pk, actor=me(request), **form.cleaned_data)
        except RefusedError as error:
            status = refused(form, error)
        else:
            say(request, done)
            return redirect("desk_need", code=code)
    return need_page(request, found, status=status, pause_form=form)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def need_new(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a need for a household."""
    household = get_object_or_404(households_in_reach(request.user), code=code)

    def save(**content: Any) -> Need:
        return need_draft(actor=me(request), household_id=household.pk, **content)

    return _edit_page(request, household=household, forms=_forms(request), save=save)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def need_editing(request: HttpRequest, code: str) -> HttpResponse:
    """Rewrite a draft."""
    found = need_or_404(request, code)

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
    status = 200
    if form.is_bound:
        status = 400
        if form.is_valid() & rows.is_valid():
            try:
                saved = save(terms=form.terms(), items=rows.lines())
            except RefusedError as error:
                status = refused(form, error)
            else:
                say(request, _("草稿已保存。下一步：上传佐证材料，再提交审核。"))
                return redirect("desk_need", code=saved.code)
    context = {
        "form": form,
        "rows": rows,
        "household": household,
        "masked": masked_identity(household),
        "need": need,
    }
    return render(request, "matching/needs/need_form.html", context, status=status)
