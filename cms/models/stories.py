"""The story of a need: a snippet with drafts, preview and editorial workflow."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    Site,
    WorkflowMixin,
)
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.blocks.fields import BodyField
from cms.stories.publish_action import PublishStoryAction
from cms.stories.view import story_response
from matching.models import Consent, Need
from matching.models.places import in_language
from matching.states import ConsentScope

NEED_PANEL_HELP = _("一个需求一篇故事。只能选择已通过核实的需求。")


class NeedStoryQuerySet(models.QuerySet["NeedStory"]):
    """Filters on stories."""

    def shown(self) -> "NeedStoryQuerySet":
        """Stories a stranger may read now.

        Live, the need public, and both consents of the household in force: a consent
        withdrawn hides the story with the next request, whatever Wagtail holds live.
        """
        consents = Consent.objects.in_force(ConsentScope.PUBLISH_STORY)
        return self.filter(
            Exists(consents.filter(household=OuterRef("need__household"))),
            live=True,
            need__in=Need.objects.public(),
        )

    def withdrawn(self) -> "NeedStoryQuerySet":
        """Stories whose household does not, or no longer, agree to be told of."""
        consents = Consent.objects.in_force(ConsentScope.PUBLISH_STORY)
        return self.exclude(Exists(consents.filter(household=OuterRef("need__household"))))


class NeedStory(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    models.Model,
):
    """What an editor tells of a need, in both languages. One story per need.

    Holds a need's number and nothing of its household: revisions keep every field in
    clear. Publishing goes through ``PublishStoryAction`` whatever
    the road, and publishes the need with it. Unpublishing takes back the story alone;
    the need stays open, since it was verified without it. To hide the need as well,
    pause it at the desk.
    """

    live = models.BooleanField(_("已发布"), default=False, editable=False)
    need = models.OneToOneField(
        "matching.Need",
        verbose_name=_("需求"),
        on_delete=models.PROTECT,
        related_name="story",
        help_text=NEED_PANEL_HELP,
    )
    slug = models.SlugField(
        _("网址名"), max_length=80, unique=True, blank=True, help_text=_("留空时用需求编号。")
    )
    title = models.CharField(_("标题"), max_length=60)
    title_en = models.CharField(_("英文标题"), max_length=120, blank=True)
    summary = models.CharField(_("导语"), max_length=200, help_text=_("也用在卡片和分享里。"))
    summary_en = models.CharField(_("英文导语"), max_length=400, blank=True)
    cover = models.ForeignKey(
        "cms.StoryImage",
        verbose_name=_("封面"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("不用能认出人的照片；图片须写替代文字。"),
    )
    body = BodyField(BodyBlock(), blank=True, verbose_name=_("正文"))
    body_en = BodyField(BodyBlock(), blank=True, verbose_name=_("英文正文"))

    objects = NeedStoryQuerySet.as_manager()

    panels = [
        FieldPanel("need"),
        MultiFieldPanel(
            [
                FieldPanel("title"),
                FieldPanel("summary"),
                FieldPanel("cover"),
                FieldPanel("body"),
            ],
            heading=_("中文"),
        ),
        MultiFieldPanel(
            [FieldPanel("title_en"), FieldPanel("summary_en"), FieldPanel("body_en")],
            heading=_("英文"),
            classname="collapsed",
        ),
        FieldPanel("slug"),
        PublishingPanel(),
    ]
    search_fields = [
        index.SearchField("title", boost=2),
        index.SearchField("title_en"),
        index.SearchField("summary"),
        index.SearchField("body"),
        index.AutocompleteField("title"),
        index.AutocompleteField("title_en"),
        index.FilterField("live"),
        index.FilterField("need_id"),
        index.RelatedFields("need", [index.SearchField("code"), index.AutocompleteField("code")]),
    ]

    class Meta:
        verbose_name = _("需求故事")
        verbose_name_plural = _("需求故事")
        ordering = ["-first_published_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Name the address after the need where the editor left it empty."""
        if not self.slug:
            self.slug = self.need.code.lower()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The story's page in the language being read."""
        return f"{reverse('wagtail_serve', args=['stories/'])}{self.slug}/"

    def clean(self) -> None:
        """Refuse a cover that says nothing to those who cannot see it."""
        super().clean()
        if self.cover and not self.cover.alt_zh:
            raise ValidationError(
                {"cover": _("这张图片还没有替代文字。请在图片库里补写后再选用。")}
            )

    def publish(self, revision: Revision, user: Any = None, **kwargs: Any) -> None:
        """Publish through the action that checks; see ``PublishStoryAction``."""
        skip = kwargs.pop("skip_permission_checks", False)
        PublishStoryAction(revision, user=user, **kwargs).execute(skip_permission_checks=skip)

    def get_full_url(self) -> str:
        """Where the admin's preview pretends to be."""
        site = Site.objects.filter(is_default_site=True).first()
        return f"{site.root_url if site else ''}{self.get_absolute_url()}"

    full_url = property(get_full_url)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """Show the draft as the story page would, in Chinese or English."""
        return story_response(request, self, language="en" if mode_name == "en" else "zh-hans")

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """One preview per language."""
        return [("", _("中文")), ("en", _("英文"))]

    @property
    def label(self) -> str:
        """The title in the language being read."""
        return in_language(self.title, self.title_en)

    @property
    def intro(self) -> str:
        """The summary in the language being read."""
        return in_language(self.summary, self.summary_en)

    @property
    def text(self) -> Any:
        """The body in the language being read; the Chinese one where the other is missing."""
        if self.body_en and in_language("", "en"):
            return self.body_en
        return self.body
