"""Blocks whose content stands in the database: editors choose, selectors supply."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.text import PREVIEW
from cms.cards.need_cards import need_cards
from cms.cards.supply import campaign_board, newest_open_needs, public_needs_of
from cms.editors.choosers import campaign_chooser, need_chooser
from matching.states import Category

NeedChooserBlock = need_chooser.get_block_class(name="NeedChooserBlock", module_path=__name__)
CampaignChooserBlock = campaign_chooser.get_block_class(
    name="CampaignChooserBlock", module_path=__name__
)


class FeaturedNeedsBlock(blocks.StructBlock):
    """Chosen needs, or the newest open ones; read when the page is served.

    A chosen need that is no longer public is left out without a word.
    """

    heading = blocks.CharBlock(max_length=40, label=_("标题"), default=_("正在等待帮助"))
    needs = blocks.ListBlock(
        NeedChooserBlock(), required=False, default=[], max_num=6, label=_("指定需求")
    )
    category = blocks.ChoiceBlock(
        choices=Category.choices,
        required=False,
        label=_("或最新的一类"),
        help_text=_("没有指定需求时，显示最新的开放需求；可限定类别。"),
    )
    limit = blocks.IntegerBlock(min_value=1, max_value=6, default=3, label=_("最多几项"))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add ``cards``, read now."""
        context = super().get_context(value, parent_context=parent_context)
        chosen = [need.pk for need in value["needs"] if need]
        needs = (
            public_needs_of(chosen)
            if chosen
            else newest_open_needs(category=value["category"] or "", limit=value["limit"] or 3)
        )
        context["cards"] = need_cards(needs)
        return context

    class Meta:
        icon = "list-ul"
        label = _("需求卡片")
        template = "cms/blocks/featured_needs.html"
        preview_template = PREVIEW
        preview_value = {
            "heading": _("正在等待帮助"),
            "needs": [],
            "category": "",
            "limit": 3,
        }
        description = _("指定的需求，或最新的开放需求")


class LiveCounterBlock(blocks.StructBlock):
    """A campaign's figures that keep themselves current; the newest campaign by default."""

    campaign = CampaignChooserBlock(required=False, label=_("活动"))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add ``board`` and ``campaign``, read now; both None while there is no campaign."""
        context = super().get_context(value, parent_context=parent_context)
        context["campaign"], context["board"] = campaign_board(value["campaign"])
        return context

    class Meta:
        icon = "time"
        label = _("实时进度")
        template = "cms/blocks/live_counter.html"
        preview_template = PREVIEW
        preview_value = {"campaign": None}
        description = _("一个活动的到账、配捐和人次，自动更新")
