"""The list of stories."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page
from wagtail.search import index

from cms.models.stories import NeedStory
from cms.models.story_pages import StoryPage
from cms.stories.lists import all_stories, stories_of, story_cards
from cms.stories.view import story_response

PER_PAGE = 12


class StoryIndexPage(RoutablePageMixin, Page):
    """``/stories/``: stories of needs (snippets) and of villages (pages), newest first."""

    intro = models.CharField(_("导语"), max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    search_fields = [*Page.search_fields, index.SearchField("intro")]
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.StoryPage"]
    max_count_per_parent = 1
    template = "cms/story_index_page.html"

    class Meta:
        verbose_name = _("故事列表")
        verbose_name_plural = _("故事列表")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add one page of cards; a page number out of range gives the nearest."""
        context = super().get_context(request, *args, **kwargs)
        rows = Paginator(all_stories(self.locale), PER_PAGE).get_page(request.GET.get("page"))
        context["page_of"] = rows
        context["story_cards"] = story_cards(stories_of(list(rows)))
        return context

    @path("<slug:slug>/")
    def story(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        """Answer with a need's story; a village's story has its own page below this one."""
        story = NeedStory.objects.shown().select_related("cover").filter(slug=slug).first()
        if story is not None:
            return story_response(request, story, language=get_language() or "zh-hans")
        page = StoryPage.objects.live().child_of(self).filter(slug=slug).first()
        if page is None:
            raise Http404
        return page.serve(request)
