"""All blocks together, as every page and story offers them."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.live import FeaturedNeedsBlock, LiveCounterBlock
from cms.blocks.text import (
    ActionBlock,
    FiguresBlock,
    HeadingBlock,
    ImageBlock,
    ParagraphBlock,
    QuoteBlock,
)

TEXT = _("文字与图片")
LIVE = _("实时内容")


class BodyBlock(blocks.StreamBlock):
    """The body of a page or a story."""

    heading = HeadingBlock(max_length=60, group=TEXT)
    paragraph = ParagraphBlock(group=TEXT)
    image = ImageBlock(group=TEXT)
    quote = QuoteBlock(group=TEXT)
    figures = FiguresBlock(group=TEXT)
    featured_needs = FeaturedNeedsBlock(group=LIVE)
    live_counter = LiveCounterBlock(group=LIVE)
    action = ActionBlock(group=LIVE)

    class Meta:
        required = False
        template = "cms/blocks/body.html"
