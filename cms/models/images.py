"""Images without the places they were taken."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class StoryImage(AbstractImage):
    """An editor's image with alternative text in both languages."""

    alt_zh = models.CharField(_("替代文字"), max_length=160, blank=True)
    alt_en = models.CharField(_("英文替代文字"), max_length=200, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "alt_zh", "alt_en")


class StoryRendition(AbstractRendition):
    """A rendition of a story image."""

    image = models.ForeignKey(StoryImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="unique_rendition"
            )
        ]
