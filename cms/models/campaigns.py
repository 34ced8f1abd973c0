"""Campaigns: the list, and the page of one with what the law wants said."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.blocks.fields import BodyField
from cms.pages.campaigns import campaign_context, campaign_list
from matching.models import Campaign

CAMPAIGN_TEMPLATE = "cms/campaign_page.html"


class CampaignIndexPage(RoutablePageMixin, Page):
    """``/campaigns/``. A campaign without a page of its own is shown all the same."""

    intro = models.CharField(_("导语"), max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    search_fields = [*Page.search_fields, index.SearchField("intro")]
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.CampaignPage"]
    max_count_per_parent = 1
    template = "cms/campaign_index_page.html"

    class Meta:
        verbose_name = _("活动列表")
        verbose_name_plural = _("活动列表")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the campaigns: in progress, then to come, then over."""
        context = super().get_context(request, *args, **kwargs)
        context["groups"] = campaign_list()
        return context

    @path("<slug:slug>/")
    def campaign(self, request: HttpRequest, slug: str) -> TemplateResponse:
        """Answer with the campaign's page if an editor made one, else with its facts."""
        page = CampaignPage.objects.live().child_of(self).filter(slug=slug).first()
        if page is not None:
            return page.serve(request)
        found = Campaign.objects.select_related("project__charity", "region").filter(slug=slug)
        campaign = found.first()
        if campaign is None:
            raise Http404
        context = {**super().get_context(request), "page": self, **campaign_context(campaign)}
        return TemplateResponse(request, CAMPAIGN_TEMPLATE, context)


class CampaignPage(Page):
    """A campaign as editors present it. Its address is the campaign's own slug."""

    campaign = models.ForeignKey(
        "matching.Campaign",
        verbose_name=_("活动"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    intro = models.CharField(_("导语"), max_length=300, blank=True)
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
        FieldPanel("campaign"),
        FieldPanel("intro"),
        FieldPanel("cover"),
        FieldPanel("body"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
    ]
    parent_page_types = ["cms.CampaignIndexPage"]
    subpage_types: list[str] = []
    template = CAMPAIGN_TEMPLATE

    class Meta:
        verbose_name = _("活动页面")
        verbose_name_plural = _("活动页面")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Name the page after the campaign before Wagtail names it after the title."""
        page: Any = self
        if not page.slug and self.campaign_id:
            page.slug = self.campaign.slug
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        """Refuse an address other than the campaign's: board, gifts and links use that one."""
        super().clean()
        page: Any = self
        if self.campaign_id and page.slug != self.campaign.slug:
            raise ValidationError(
                {"slug": _("网址名必须与活动一致：%(slug)s。") % {"slug": self.campaign.slug}}
            )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the campaign's facts, board, funds and needs."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, **campaign_context(self.campaign), "editorial": self}
