"""Images without the places they were taken."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from cms.pictures.metadata import without_metadata
from matching.models.places import in_language


class StoryImage(AbstractImage):
    """An editor's image with alternative text in both languages.

    A new file is re-encoded before it is kept: no EXIF, GPS or XMP reaches the original,
    and so no rendition either.
    """

    alt_zh = models.CharField(
        _("替代文字"), max_length=160, blank=True, help_text=_("写出画面内容，不写姓名和地址。")
    )
    alt_en = models.CharField(_("英文替代文字"), max_length=200, blank=True)

    # Of nobody: it stays up whichever household's story it also stood in. A photograph of a
    # household goes offline everywhere with its consent, so the careful answer is the default.
    is_illustration = models.BooleanField(
        _("通用插图"),
        default=False,
        help_text=_(
            "只画不拍，没有任何一户的人、房屋或物品。农户撤回同意时，通用插图不下线，其他图片在所有页面下线。"
        ),
    )

    admin_form_fields = (*Image.admin_form_fields, "alt_zh", "alt_en", "is_illustration")

    class Meta(AbstractImage.Meta):
        verbose_name = _("图片")
        verbose_name_plural = _("图片")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Clean a newly given file, then save."""
        given: Any = self
        if given.file and not given.file._committed:
            given.file = without_metadata(given.file)
            self._set_image_file_metadata()
        super().save(*args, **kwargs)

    @property
    def alt(self) -> str:
        """The alternative text in the language being read."""
        return in_language(self.alt_zh, self.alt_en)

    @property
    def default_alt_text(self) -> str:
        """What Wagtail offers where an image is placed."""
        return self.alt_zh or self.title


class StoryRendition(AbstractRendition):
    """A rendition of a story image."""

    image = models.ForeignKey(StoryImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="unique_rendition"
            )
        ]
