"""What editors made of it: pictures, stories of needs and villages, pages in both languages."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Locale
from wagtail.users.models import UserProfile

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
from demo import pictures
from demo.seed.places import CAMPAIGN_SLUG
from demo.seed.world import World
from demo.texts import organisations as texts
from demo.texts.needs import FAMILIES
from demo.texts.shapes import StoryText, Text
from demo.texts.stories import STORIES
from matching.models import Consent, Need
from matching.states import ConsentScope, NeedStatus

S = NeedStatus
LANGUAGES = ("zh-hans", "en")
# A story is told rather of a need that was met.
TOLD_FIRST = (S.CLOSED, S.DISBURSED, S.FUNDED, S.PUBLISHED)
PICTURE_SEED = 7
WAITING = FAMILIES[-1]


class Newsroom:
    """The editor writes, the chief editor publishes; nobody does both."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.images: dict[str, StoryImage] = {}

    def schedule(self) -> None:
        """Put front page, campaign page and stories on the timeline, oldest story last."""
        world = self.world
        world.timeline.at(world.campaign_opens_at - timedelta(hours=2), self.pages)
        told = [story for story in STORIES if story is not WAITING][: world.plan.stories]
        for number, story in enumerate(told):
            moment = world.at_work(1.2 + 3.1 * number)
            world.timeline.at(moment, partial(self.tell, story))
        world.timeline.at(world.ago(0.2), self.submit)

    def image(self, scene: str) -> StoryImage:
        """Return the library's picture of a scene, drawn at its first use."""
        if scene not in self.images:
            drawn = pictures.draw(scene, seed=PICTURE_SEED)
            image = StoryImage(
                title=drawn.alt_zh[:60],
                file=ContentFile(drawn.content, name=drawn.name),
                alt_zh=drawn.alt_zh,
                alt_en=drawn.alt_en,
                is_illustration=True,
                uploaded_by_user=self.world.people["editor"],
            )
            image.save()
            self.images[scene] = image
        return self.images[scene]

    # --- pages

    def pages(self) -> None:
        """Give the front page its picture and campaign, and the campaign a page of its own."""
        for index, language in enumerate(LANGUAGES):
            home = HomePage.objects.get(locale=Locale.objects.get(language_code=language))
            home.hero_image = self.image("terraces")
            home.campaign = self.world.campaign
            self._publish(home)
            parent = CampaignIndexPage.objects.child_of(home).get()
            page = CampaignPage(
                title=texts.CAMPAIGN[index],
                slug=CAMPAIGN_SLUG,
                campaign=self.world.campaign,
                intro=texts.CAMPAIGN_INTRO[index],
                cover=self.image("valley-lights"),
                body=[("featured_needs", {"heading": HEADINGS[index], "needs": [], "limit": 3})],
                locale=home.locale,
            )
            self._add(parent, page)

    def _add(self, parent: Any, page: Any) -> None:
        page.first_published_at = clock.now()
        page.live = False
        parent.add_child(instance=page)
        twin = type(page).objects.filter(slug=page.slug).exclude(pk=page.pk).first()
        if twin is not None:
            page.translation_key = twin.translation_key
            page.save()
        self._publish(page)

    def _publish(self, page: Any) -> None:
        page.save_revision(user=self.world.people["editor"]).publish(
            user=self.world.people["chief"]
        )

    # --- stories

    def tell(self, text: StoryText) -> None:
        """Publish a story: of a need where it has a category, else of a village."""
        if not text.category:
            self._village_story(text)
            return
        need = self._need_for(text.category)
        if need is not None:
            story = self._draft(need, text)
            revision = story.save_revision(user=self.world.people["editor"])
            revision.publish(user=self.world.people["chief"])

    def _need_for(self, category: str) -> Need | None:
        """Return a public need whose household agreed to a story and that has none yet."""
        agreed = Consent.objects.in_force(ConsentScope.PUBLISH_STORY).values("household")
        needs = Need.objects.public().filter(
            category=category, household__in=agreed, story__isnull=True
        )
        found = sorted(needs, key=lambda need: (TOLD_FIRST.index(S(need.status)), need.pk))
        return found[0] if found else None

    def _draft(self, need: Need, text: StoryText) -> NeedStory:
        story = NeedStory(
            need=need,
            slug=text.slug,
            title=text.title[0],
            title_en=text.title[1],
            summary=text.intro[0],
            summary_en=text.intro[1],
            cover=self.image(text.scene),
            body=_body(text.paragraphs, 0),
            body_en=_body(text.paragraphs, 1),
            first_published_at=clock.now(),
        )
        story.save()
        return story

    def _village_story(self, text: StoryText) -> None:
        township = self.world.rng.choice(self.world.townships)
        for index, language in enumerate(LANGUAGES):
            locale = Locale.objects.get(language_code=language)
            parent = StoryIndexPage.objects.get(locale=locale)
            page = StoryPage(
                title=text.title[index],
                slug=text.slug,
                summary=text.intro[index],
                village=township.villages[0],
                cover=self.image(text.scene),
                body=_body(text.paragraphs, index),
                locale=locale,
            )
            self._add(parent, page)

    def submit(self) -> None:
        """One more story waits for the chief editor."""
        need = self._need_for(WAITING.category)
        if need is not None:
            self._start_review(self._draft(need, WAITING))

    def _start_review(self, story: NeedStory) -> None:
        """Submit it without the mail that Wagtail would send to those who may approve."""
        people = self.world.people
        profiles = [UserProfile.get_for_user(people[name]) for name in ("chief", "admin")]
        for profile in profiles:
            profile.submitted_notifications = False
            profile.save()
        story.save_revision(user=people["editor"])
        story.get_workflow().start(story, people["editor"])
        for profile in profiles:
            profile.submitted_notifications = True
            profile.save()


HEADINGS: Text = ("这些家庭正在等待", "Families waiting for help")


def _body(paragraphs: tuple[Text, ...], index: int) -> list[tuple[str, str]]:
    return [("paragraph", f"<p>{text[index]}</p>") for text in paragraphs]
