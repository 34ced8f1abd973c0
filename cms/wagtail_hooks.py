"""What cms adds to Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet

from cms.editors.choosers import campaign_chooser, need_chooser
from cms.models import NeedStory
from cms.stories.admin import StoryViewSet
from cms.stories.awaiting import PERMISSION, AwaitingMenuItem, AwaitingPanel, AwaitingStoryView
from cms.stories.publish_action import REFUSED, PublishStoryAction

register_snippet(StoryViewSet)


@hooks.register("register_admin_viewset")
def choosers() -> list[Any]:
    """Needs and campaigns may be chosen in pages, stories and blocks."""
    return [need_chooser, campaign_chooser]


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """The list of needs that wait for a story."""
    return [path("needs-awaiting-story/", AwaitingStoryView.as_view(), name="needs_awaiting_story")]


@hooks.register("register_admin_menu_item")
def awaiting_menu_item() -> AwaitingMenuItem:
    """Beside the stories themselves."""
    url = reverse("needs_awaiting_story")
    return AwaitingMenuItem(
        _("待写故事"), url, name="awaiting-stories", icon_name="edit", order=119
    )


@hooks.register("construct_homepage_panels")
def awaiting_panel(request: HttpRequest, panels: list[Any]) -> None:
    """First thing an editor sees."""
    if request.user.has_perm(PERMISSION):
        panels.append(AwaitingPanel())


@hooks.register("register_actions")
def publishing(registry: Any) -> None:
    """Wagtail's API and other callers find the checking action, not the plain one."""
    registry.register(NeedStory, PublishStoryAction)


@hooks.register("register_log_actions")
def refusals(actions: Any) -> None:
    """A story that could not be published on time says so in its history."""

    @actions.register_action(REFUSED)
    class PublishRefused(LogFormatter):
        label = _("定时发布未执行")

        def format_message(self, log_entry: Any) -> Any:
            return _("到点没有发布：%(reason)s") % {"reason": log_entry.data.get("reason", "")}


@hooks.register("construct_main_menu")
def without_help(request: HttpRequest, items: list[Any]) -> None:
    """Leave out links that lead off the site."""
    items[:] = [item for item in items if item.name != "help"]
