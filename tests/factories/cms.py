"""Rows of cms: stories of needs, images, and people who write and publish."""

import io
from itertools import count

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory
from PIL import Image
from wagtail.models import Locale

from cms.editors.enrolment import editor_enrol
from cms.models import (
    CampaignIndexPage,
    CampaignPage,
    HomePage,
    NeedStory,
    StoryImage,
    StoryIndexPage,
    StoryPage,
)
from core import clock
from core.accounts.models import User
from matching.states import ConsentScope, Role
from tests.factories.matching import ConsentFactory, make_person, make_publishable

_numbers = count(1)


def picture(size: tuple[int, int] = (64, 48), kind: str = "JPEG") -> ContentFile:
    """Return a small image file of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", size, (90, 130, 110)).save(buffer, kind)
    return ContentFile(buffer.getvalue(), name=f"picture-{next(_numbers)}.{kind.lower()}")


class StoryImageFactory(DjangoModelFactory):
    """An image with alternative text in both languages."""

    class Meta:
        model = StoryImage

    title = factory.Sequence(lambda n: f"梯田{n}")
    file = factory.LazyFunction(picture)
    alt_zh = "晨光里的梯田"
    alt_en = "Terraced fields at dawn"


class NeedStoryFactory(DjangoModelFactory):
    """A draft for a need that may be published; ``live=True`` writes it live without asking.

    Its need is verified, has both consents, a passed notice and k neighbours.
    """

    class Meta:
        model = NeedStory

    need = factory.LazyFunction(make_publishable)
    title = factory.Sequence(lambda n: f"第{n}张课桌")
    title_en = factory.Sequence(lambda n: f"Desk number {n}")
    summary = "一张课桌，让作业离开了灶台。"
    summary_en = "A desk took the homework off the stove."
    body = factory.LazyFunction(lambda: [("paragraph", "<p>木匠量了两次尺寸。</p>")])
    body_en = factory.LazyFunction(lambda: [("paragraph", "<p>The joiner measured twice.</p>")])

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        if kwargs.get("live"):
            kwargs.setdefault("first_published_at", clock.now())
        story = super()._create(model_class, *args, **kwargs)
        agree(story)
        return story


def agree(story: NeedStory) -> None:
    """Record the household's consent to the story, unless it stands."""
    standing = story.need.household.consents.filter(
        scope=ConsentScope.PUBLISH_STORY, withdrawn_at__isnull=True
    )
    if not standing.exists():
        ConsentFactory(household=story.need.household, scope=ConsentScope.PUBLISH_STORY)


def shown_story(**fields) -> NeedStory:
    """Return a story strangers may read: live, of a published need, with both consents."""
    need = fields.pop("need", None) or make_publishable(published=True)
    return NeedStoryFactory(need=need, live=True, **fields)


def make_editor(**fields) -> User:
    """Return an editor who writes."""
    user = make_person(Role.EDITOR, **fields)
    editor_enrol(user=user)
    return user


def make_chief(**fields) -> User:
    """Return a chief editor who approves and publishes."""
    user = make_person(Role.EDITOR, **fields)
    editor_enrol(user=user, chief=True)
    return user


def home(language: str = "zh-hans") -> HomePage:
    """Return the front page of a language, as the migration made it."""
    return HomePage.objects.get(locale=Locale.objects.get(language_code=language))


def story_index(language: str = "zh-hans") -> StoryIndexPage:
    """Return the list of stories of a language."""
    return StoryIndexPage.objects.child_of(home(language)).get()


def make_story_page(language: str = "zh-hans", **fields) -> StoryPage:
    """Return a village's story, live."""
    number = next(_numbers)
    fields = {
        "title": f"村口的路{number}",
        "slug": f"road-{number}",
        "summary": "路通了。",
    } | fields
    return story_index(language).add_child(instance=StoryPage(**fields))


def make_campaign_page(campaign, language: str = "zh-hans", **fields) -> CampaignPage:
    """Return a campaign's page, live."""
    index = CampaignIndexPage.objects.child_of(home(language)).get()
    fields = {"title": campaign.name, "slug": campaign.slug, "intro": "十月十七日"} | fields
    return index.add_child(instance=CampaignPage(campaign=campaign, **fields))
