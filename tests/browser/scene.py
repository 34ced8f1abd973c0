"""A live site with one row of everything, and the browser that looks at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, Page

from core import clock
from donations.models import Payment
from donations.states import DonationStatus, PaymentStatus
from donations.tallies.services import tally_fold
from matching.funds.services.reservations import match_release
from matching.needs.services.publicity import objection_file
from matching.pairings.services import milestone_report
from matching.states import Category
from tests.factories.cms import (
    StoryImageFactory,
    make_campaign_page,
    make_story_page,
    shown_story,
)
from tests.factories.complaints import complain
from tests.factories.donations import DonationFactory, start_gift
from tests.factories.events import open_dispute, proposed_event
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import CampaignFactory, NoticeFactory, make_publishable
from tests.factories.payouts import Pairing, funded_need, pay
from tests.journeys.browser import DESKTOP, PATIENCE_MS, PHONE, Watch
from tests.security.world import World, make_world

# What no visit may add to: what is typed wrong is not saved.
NOT_CONTENT = {"sessions.Session", "core.AuditEvent"}


@dataclass(frozen=True, slots=True)
class Scene:
    """Where the site answers, the rows addresses name, and a session key per person."""

    base: str
    rows: dict[str, str | int]
    sessions: dict[str, str]


@dataclass
class Visitor:
    """One window of one size; it changes hands between persons."""

    scene: Scene
    context: BrowserContext
    page: Page
    watch: Watch = field(default_factory=Watch)
    # What axe has looked at in this window.
    axed: set[tuple[str, str]] = field(default_factory=set)

    def become(self, who: str) -> None:
        """Go on as this person."""
        self.context.clear_cookies()
        if key := self.scene.sessions[who]:
            cookie = {"name": "sessionid", "value": key, "url": self.scene.base}
            self.context.add_cookies([cookie])


def make_scene() -> tuple[World, dict[str, str | int]]:
    """Return the world of everybody, with the states that only a page tells apart."""
    world = make_world()
    more = _gifts() | _campaign() | _pairings() | _notices()
    story = shown_story(cover=StoryImageFactory())
    make_story_page(slug="road")
    make_story_page("en", slug="road", title="The road to the village", summary="It is open.")
    tally_fold()
    paid = funded_need()
    pay(paid, 100_000)
    more["proposed_event"] = proposed_event().pk
    open_dispute(Payment.objects.filter(charge_id__isnull=False).first())
    return world, world.rows | more | {
        "story": story.need.code.lower(),
        "story_need": story.need.code,
        "paid": paid.code,
    }


def _gifts() -> dict[str, str | int]:
    need = make_publishable(published=True, target_minor=900_000, category=Category.DAILY_GOODS)
    MatchFundFactory(authorised_minor=3_000)
    lost = start_gift(need, 1_500, email="third@example.org")
    match_release(reference=lost.code)
    states = {
        "lost": lost,
        "waiting": start_gift(need, 2_000),
        "processing": start_gift(need, 2_000, email="second@example.org"),
        "unreceipted": DonationFactory(need=need, collected=True),
    }
    Payment.objects.create(
        donation=states["processing"],
        provider="stripe",
        attempt=1,
        status=PaymentStatus.PROCESSING,
        expires_at=clock.now() + timedelta(hours=1),
    )
    for status in (DonationStatus.EXPIRED, DonationStatus.FAILED):
        states[status.value] = DonationFactory(need=need, status=status)
    states["refunded"] = DonationFactory(need=need, collected=True, status=DonationStatus.REFUNDED)
    return {name: gift.code for name, gift in states.items()} | {"open_need": need.code}


def _campaign() -> dict[str, str | int]:
    campaign = CampaignFactory(slug="poverty-day")
    make_campaign_page(campaign)
    make_campaign_page(campaign, "en", title="Poverty Day", intro="17 October")
    return {"both": campaign.slug}


def _pairings() -> dict[str, str | int]:
    pairing = Pairing()
    reported = pairing.active()
    milestone_report(
        milestone_id=reported.milestones.first().pk, actor=pairing.village_officer, note="已栽种"
    )
    return {"proposal": Pairing().proposed().code, "reported": reported.code}


def _notices() -> dict[str, str | int]:
    past = clock.now() - timedelta(days=9)
    ended = NoticeFactory(passed=True, opens_at=past)
    standing = NoticeFactory()
    objection = objection_file(notice_id=standing.pk, body="数量不对")
    unplaced = complain(about="other")
    return {"ended": ended.code, "unsettled": objection.code, "unplaced": unplaced.code}


class KeptStatic(StaticFilesHandler):
    """Styles and scripts that a browser asks for once, as it does of the real server."""

    def serve(self, request: HttpRequest) -> HttpResponseBase:
        response = super().serve(request)
        response["Cache-Control"] = "max-age=3600"
        return response


@contextmanager
def live_site() -> Iterator[Scene]:
    """Serve the current database from threads of this process."""
    world, rows = make_scene()
    sessions = {kind: _session(user) for kind, user in world.people.items()}
    server = LiveServerThread("127.0.0.1", KeptStatic)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    try:
        yield Scene(f"http://127.0.0.1:{server.port}", rows, sessions)
    finally:
        server.terminate()


def _session(user: object) -> str:
    if user is None:
        return ""
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@contextmanager
def window(browser: Browser, scene: Scene, language: str) -> Iterator[Visitor]:
    """Open a light phone for Chinese and a dark desktop for English."""
    if language == "en":
        size, locale, theme = DESKTOP, "en-GB", "dark"
    else:
        size, locale, theme = PHONE, "zh-CN", "light"
    context = browser.new_context(
        viewport=size, base_url=scene.base, locale=locale, color_scheme=theme
    )
    context.set_default_timeout(PATIENCE_MS)
    visitor = Visitor(scene, context, context.new_page())
    visitor.watch.look(visitor.page)
    try:
        yield visitor
    finally:
        context.close()


def row_counts() -> dict[str, int]:
    """Return how many rows each of our tables holds."""
    ours = ("core", "accounts", "matching", "donations", "cms")
    return {
        model._meta.label: model.objects.count()
        for model in apps.get_models()
        if model._meta.app_label in ours and model._meta.label not in NOT_CONTENT
    }
