"""Models of pages, stories and images."""

from cms.models.images import StoryImage, StoryRendition

__all__ = ["StoryImage", "StoryRendition"]
