"""Stories of villages, which belong to no single need."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.blocks.fields import BodyField


class StoryPage(Page):
    """One story from a village. A household's story is a ``NeedStory``, with its consent."""

    summary = models.CharField(_("导语"), max_length=250)
    village = models.ForeignKey(
        "matching.Village",
        verbose_name=_("村"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    cover = models.ForeignKey(
        "cms.StoryImage",
        verbose_name=_("封面"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = BodyField(BodyBlock(), blank=True, verbose_name=_("正文"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("village"),
        FieldPanel("cover"),
        FieldPanel("body"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]
    parent_page_types = ["cms.StoryIndexPage"]
    subpage_types: list[str] = []
    template = "cms/story_page.html"

    class Meta:
        verbose_name = _("村庄故事")
        verbose_name_plural = _("村庄故事")
