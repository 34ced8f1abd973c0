"""The way into everything that can be checked."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.blocks.fields import BodyField
from cms.pages.reports import listed_reports


class TransparencyIndexPage(Page):
    """Reports as published, and how to check them without trusting us."""

    intro = models.CharField(_("导语"), max_length=300, blank=True)
    body = BodyField(BodyBlock(), blank=True, verbose_name=_("正文"))

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("intro")]
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "cms/transparency_index_page.html"

    class Meta:
        verbose_name = _("透明报告")
        verbose_name_plural = _("透明报告")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the newest version of every published report."""
        context = super().get_context(request, *args, **kwargs)
        context["reports"] = listed_reports()
        return context
