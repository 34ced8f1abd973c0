"""The front page."""

from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.blocks.fields import BodyField
from cms.cards.need_cards import need_cards
from cms.cards.supply import campaign_board, newest_open_needs
from cms.stories.lists import latest_stories, story_cards
from donations.reports.totals import ledger_totals_of

FEATURED = 6
LATEST_STORIES = 3


class HomePage(Page):
    """What this is, what moves now, whose turn it is, and how anyone can check."""

    hero_title = models.CharField(_("主标题"), max_length=60)
    hero_text = models.CharField(_("一句话说明"), max_length=200)
    hero_image = models.ForeignKey(
        "cms.StoryImage",
        verbose_name=_("主图"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    campaign = models.ForeignKey(
        "matching.Campaign",
        verbose_name=_("首页活动"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("留空时显示正在进行的活动。"),
    )
    body = BodyField(BodyBlock(), blank=True, verbose_name=_("正文"))

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("hero_title"), FieldPanel("hero_text"), FieldPanel("hero_image")],
            heading=_("页首"),
        ),
        FieldPanel("campaign"),
        FieldPanel("body"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("body")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "cms.StoryIndexPage",
        "cms.CampaignIndexPage",
        "cms.TransparencyIndexPage",
        "cms.StandardPage",
    ]
    template = "cms/home_page.html"

    class Meta:
        verbose_name = _("首页")
        verbose_name_plural = _("首页")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the board, the newest open needs, the latest stories and the sums."""
        context = super().get_context(request, *args, **kwargs)
        context["campaign"], context["board"] = campaign_board(self.campaign)
        context["need_cards"] = need_cards(newest_open_needs(limit=FEATURED))
        context["story_cards"] = story_cards(latest_stories(limit=LATEST_STORIES))
        context["figures"] = ledger_totals_of(settings.CURRENCY)
        return context
