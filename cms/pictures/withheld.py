"""Pictures that may no longer be seen."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import ReferenceIndex

from cms.models import NeedStory, StoryImage, StoryRendition


def image_of(path: str) -> int | None:
    """Return the image that a file below the media folder belongs to."""
    rendition = StoryRendition.objects.filter(file=path).values_list("image_id", flat=True).first()
    return rendition or StoryImage.objects.filter(file=path).values_list("pk", flat=True).first()


def is_withheld(path: str) -> bool:
    """Return whether the file shows a picture of a story its household does not agree to.

    Counts wherever the story uses it, as cover or in the text, and whoever else uses it too:
    a consent withdrawn reaches originals and renditions with the next request. One of
    several households is enough. Only drawings of nobody stay (``is_illustration``).
    """
    image = image_of(path)
    if image is None or StoryImage.objects.filter(pk=image, is_illustration=True).exists():
        return False
    uses = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(NeedStory),
        to_content_type=ContentType.objects.get_for_model(StoryImage),
        to_object_id=str(image),
    ).values_list("object_id", flat=True)
    stories = Q(cover=image) | Q(pk__in=[int(pk) for pk in uses])
    return NeedStory.objects.withdrawn().filter(stories).exists()
