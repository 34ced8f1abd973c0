"""Models of pages, stories, images and the editorial workflow."""

from cms.models.campaigns import CampaignIndexPage, CampaignPage
from cms.models.home import HomePage
from cms.models.images import StoryImage, StoryRendition
from cms.models.standard import StandardPage
from cms.models.stories import NeedStory
from cms.models.story_index import StoryIndexPage
from cms.models.story_pages import StoryPage
from cms.models.tasks import DifferentPersonTask
from cms.models.transparency import TransparencyIndexPage

__all__ = [
    "CampaignIndexPage",
    "CampaignPage",
    "DifferentPersonTask",
    "HomePage",
    "NeedStory",
    "StandardPage",
    "StoryImage",
    "StoryIndexPage",
    "StoryPage",
    "StoryRendition",
    "TransparencyIndexPage",
]
