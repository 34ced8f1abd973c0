"""Needs that wait for a story: a list for editors, by code and township only."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from cms.stories.selectors import needs_awaiting_story
from matching.models import Need

PERMISSION = "cms.add_needstory"


def write_url(need: Need) -> str:
    """Return where a story for the need is begun."""
    return f"{reverse('wagtailsnippets_cms_needstory:add')}?{urlencode({'need': need.pk})}"


def _township(need: Need) -> str:
    township = need.village.township
    return township.label if township else "—"


class AwaitingStoryView(BaseListingView):
    """Verified needs without a story, longest waiting first. No datum of a household."""

    page_title = _("待写故事的需求")
    header_icon = "edit"
    index_url_name = "needs_awaiting_story"
    paginate_by = 30
    columns = [
        TitleColumn("title", label=_("需求"), accessor="title", get_url=write_url),
        Column("code", label=_("编号"), accessor="code"),
        Column("category", label=_("类别"), accessor="get_category_display"),
        Column("township", label=_("乡镇"), accessor=_township),
        DateColumn("verified_at", label=_("核实时间")),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only people who may write stories."""
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[Need]:
        """Read nothing but verified needs."""
        return needs_awaiting_story()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the dashboard."""
        home = {"url": reverse("wagtailadmin_home"), "label": gettext("首页")}
        return [home, {"url": "", "label": str(self.page_title)}]


class AwaitingMenuItem(MenuItem):
    """The list in the menu, for people who may write stories."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Hide it from everybody else."""
        return request.user.has_perm(PERMISSION)


class AwaitingPanel(Component):
    """On the dashboard: how many needs wait, and the first of them."""

    order = 50
    template_name = "cms/stories/awaiting_panel.html"
    SHOWN = 5

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Read the list's head and its length."""
        needs = needs_awaiting_story()
        return {
            "count": needs.count(),
            "needs": [(need, write_url(need)) for need in needs[: self.SHOWN]],
            "url": reverse("needs_awaiting_story"),
        }
