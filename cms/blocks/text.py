"""Blocks of text and pictures."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

PREVIEW = "cms/blocks/preview.html"


class HeadingBlock(blocks.CharBlock):
    """A heading within the text, under the page's own."""

    class Meta:
        icon = "title"
        label = _("小标题")
        template = "cms/blocks/heading.html"
        preview_template = PREVIEW
        preview_value = _("公示五天，村里人都看得到")
        description = _("正文中的二级标题")


class ParagraphBlock(blocks.RichTextBlock):
    """Running text: bold, links and lists, nothing that breaks the look."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(features=["bold", "link", "document-link", "ol", "ul"], **kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("段落")
        template = "cms/blocks/paragraph.html"
        preview_template = PREVIEW
        preview_value = _("<p>钱直接付给镇上的建材店和瓦匠，没有经过任何个人的手。</p>")
        description = _("可加粗、加链接、列清单")


class ImageBlock(blocks.StructBlock):
    """A picture that says in words what it shows."""

    image = ImageChooserBlock(label=_("图片"))
    alt = blocks.CharBlock(
        max_length=160,
        label=_("替代文字"),
        help_text=_("写出画面内容，给看不到图片的人读。不写姓名和地址。"),
    )
    caption = blocks.CharBlock(max_length=160, required=False, label=_("图注"))

    class Meta:
        icon = "image"
        label = _("图片")
        template = "cms/blocks/image.html"
        preview_template = PREVIEW
        preview_value = {"image": None, "alt": "", "caption": _("图注写在图片下面")}
        description = _("一张图片和它的说明；不用人脸照片")


class QuoteBlock(blocks.StructBlock):
    """What somebody said, by role and never by name."""

    text = blocks.TextBlock(max_length=400, label=_("原话"))
    source = blocks.CharBlock(
        max_length=60,
        required=False,
        label=_("谁说的"),
        help_text=_("写身份，不写姓名，例如“一位驻村干部”。"),
    )

    class Meta:
        icon = "openquote"
        label = _("引语")
        template = "cms/blocks/quote.html"
        preview_template = PREVIEW
        preview_value = {"text": _("预算三行字，每一行都有报价单。"), "source": _("一位驻村干部")}
        description = _("突出显示的一句话")


class FigureBlock(blocks.StructBlock):
    """One number, what it counts, and where it comes from."""

    number = blocks.CharBlock(max_length=20, label=_("数字"))
    label = blocks.CharBlock(max_length=60, label=_("说明"))
    source = blocks.CharBlock(
        max_length=80, label=_("出处"), help_text=_("数字从哪里来，截至哪一天。")
    )


class FiguresBlock(blocks.StructBlock):
    """Figures side by side, each with its source."""

    figures = blocks.ListBlock(FigureBlock(), min_num=1, max_num=6, label=_("数字"))

    class Meta:
        icon = "table"
        label = _("数字")
        template = "cms/blocks/figures.html"
        preview_template = PREVIEW
        preview_value = {
            "figures": [
                {"number": "47", "label": _("位捐赠人"), "source": _("公开账")},
                {"number": "9", "label": _("天筹足"), "source": _("公开账")},
            ]
        }
        description = _("一到六个数字，每个都写出处")


class ActionBlock(blocks.StructBlock):
    """One thing to do next: a page of ours or an address within the site."""

    text = blocks.CharBlock(max_length=60, label=_("一句话"))
    button = blocks.CharBlock(max_length=20, label=_("按钮文字"))
    page = blocks.PageChooserBlock(required=False, label=_("页面"))
    path = blocks.RegexBlock(
        regex=r"^/[\w\-/]*\Z",
        required=False,
        label=_("或站内地址"),
        help_text=_("例如 /needs/。英文页面会自动换成英文地址。"),
        error_messages={"invalid": _("请写以 / 开头的站内地址。")},
    )

    def clean(self, value: Any) -> Any:
        """Ask for exactly one place to go."""
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["path"]):
            error = ValidationError(_("请选择一个页面，或写一个站内地址，二者选一。"))
            raise StructBlockValidationError(block_errors={"path": error})
        return cleaned

    class Meta:
        icon = "link"
        label = _("行动按钮")
        template = "cms/blocks/action.html"
        preview_template = PREVIEW
        preview_value = {
            "text": _("还有这些家庭在等。"),
            "button": _("看需求"),
            "page": None,
            "path": "/needs/",
        }
        description = _("一句话和一个按钮")
