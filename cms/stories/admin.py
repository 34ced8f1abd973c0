"""Stories in the admin: list, forms, and refusals told where the editor works."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.snippets.views.snippets import (
    CopyView,
    CreateView,
    EditView,
    SnippetViewSet,
    WorkflowActionView,
)

from cms.editors.choosers import verified_needs
from cms.exceptions import StoryRefusedError
from cms.models import NeedStory


class RefusalInForm:
    """Show a refused publication in the form, with what was typed, and keep nothing of it."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Do all of it or none; a refusal becomes the form's error."""
        fresh = form.instance.pk is None
        try:
            with transaction.atomic():
                return super().form_valid(form)  # type: ignore[misc]
        except StoryRefusedError as refusal:
            if fresh:
                form.instance.pk = None
                form.instance._state.adding = True
            form.add_error(None, refusal.message)
            self.produced_error_message = _("故事没有发布，也没有保存。请看下面的原因。")
            return self.form_invalid(form)  # type: ignore[attr-defined]


class StoryCreateView(RefusalInForm, CreateView):
    """A new story; ``?need=`` brings the need's own words along."""

    def get_initial_form_instance(self) -> NeedStory | None:
        """Start from the need, if it is one an editor may know of."""
        pk = self.request.GET.get("need", "")
        need = verified_needs().filter(pk=pk).first() if pk.isdecimal() else None
        if need is None:
            return super().get_initial_form_instance()
        return NeedStory(
            need=need,
            title=need.title,
            title_en=need.title_en,
            summary=need.summary[:200],
            summary_en=need.summary_en[:400],
        )


class StoryCopyView(RefusalInForm, CopyView):
    """A copy needs a need of its own, and its own publication."""


class StoryEditView(RefusalInForm, EditView):
    """Editing, publishing and approving from the form."""

    def save_instance(self) -> Any:
        """Keep the revision under review where its reviewer changed nothing.

        Saving another one would send the same text to review again, without end, since
        approval counts for one revision only (``WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT``).
        """
        if self.action == "workflow-action" and self._is_as_reviewed():
            self.new_revision = self.object.latest_revision
            return self.object
        return super().save_instance()

    def _is_as_reviewed(self) -> bool:
        """Compare what would be kept; a rich text field reports a change at every posting."""
        reviewed = self.object.latest_revision.content
        posted = self.form.instance.serializable_data()
        return all(posted.get(name) == reviewed.get(name) for name in self.form.changed_data)


class StoryWorkflowActionView(WorkflowActionView):
    """Approving or sending back from the dialogue."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say why an approval did not publish, instead of an error page."""
        try:
            with transaction.atomic():
                return super().post(request, *args, **kwargs)
        except StoryRefusedError as refusal:
            messages.error(request, refusal.message)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return self.render_modal_json(
                request, {"step": "success", "redirect": self.redirect_url}
            )
        return redirect(self.redirect_url)


class StoryViewSet(SnippetViewSet):
    """Stories under a menu item of their own."""

    model = NeedStory
    icon = "doc-full-inverse"
    menu_label = _("需求故事")
    menu_name = "need-stories"
    menu_order = 120
    add_to_admin_menu = True
    list_display = [
        "title",
        Column("need_code", label=_("需求编号"), accessor="need.code"),
        Column("need_status", label=_("需求状态"), accessor="need.get_status_display"),
        StatusTagColumn(
            "status",
            label=_("故事状态"),
            accessor="status_string",
            primary=lambda story: story.live,
        ),
        DateColumn("last_published_at", label=_("上次发布"), sort_key="last_published_at"),
    ]
    list_filter = {"live": ["exact"], "need__category": ["exact"], "need__status": ["exact"]}
    list_per_page = 30
    add_view_class = StoryCreateView
    edit_view_class = StoryEditView
    copy_view_class = StoryCopyView
    workflow_action_view_class = StoryWorkflowActionView

    def get_queryset(self, request: HttpRequest) -> Any:
        """Join what the columns read."""
        return NeedStory.objects.select_related("need")
