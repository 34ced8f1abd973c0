"""Every block renders, and shows itself in the editor's panel before it is chosen."""

import pytest
from django.core.exceptions import ValidationError
from django.db.migrations.writer import MigrationWriter
from wagtail.blocks import StreamValue

from cms.blocks import BodyBlock
from cms.models import HomePage, NeedStory
from core import clock
from matching.states import Category, ConsentScope
from tests.factories.cms import StoryImageFactory, home, make_editor, shown_story
from tests.factories.matching import CampaignFactory, make_publishable

pytestmark = pytest.mark.django_db

BLOCKS = [
    "heading", "paragraph", "image", "quote", "figures", "featured_needs", "live_counter", "action",
]  # fmt: skip


def rendered(*blocks) -> str:
    stream = BodyBlock()
    return StreamValue(stream, list(blocks)).render_as_block()


def test_blocks_stay_out_of_migrations():
    field = NeedStory._meta.get_field("body")

    assert "StructBlock" not in MigrationWriter.serialize(field)[0]
    assert field.deconstruct()[3] == {"blank": True, "verbose_name": "正文"}


def test_all_blocks_are_offered():
    assert list(BodyBlock().child_blocks) == BLOCKS


def test_text_blocks_render(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    html = rendered(
        ("heading", "公示"),
        ("paragraph", "<p>一<b>段</b>话</p>"),
        ("image", {"image": StoryImageFactory(), "alt": "梯田", "caption": "清晨"}),
        ("quote", {"text": "三行字", "source": "一位驻村干部"}),
        ("figures", {"figures": [{"number": "47", "label": "位捐赠人", "source": "公开账"}]}),
        ("action", {"text": "去看看", "button": "看需求", "page": None, "path": "/needs/"}),
    )

    assert '<h2 class="body__text">公示</h2>' in html
    assert "一<b>段</b>话" in html
    assert 'alt="梯田"' in html
    assert ".webp" in html
    assert "三行字" in html
    assert "47" in html
    assert 'href="/needs/"' in html


def test_an_image_without_alternative_text_is_refused(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    block = BodyBlock().child_blocks["image"]
    value = block.to_python({"image": StoryImageFactory().pk, "alt": "", "caption": ""})

    with pytest.raises(ValidationError):
        block.clean(value)


@pytest.mark.parametrize(
    ("page", "path"), [(None, ""), ("home", "/needs/"), (None, "https://example.org/")]
)
def test_an_action_leads_to_exactly_one_place_of_ours(page, path):
    block = BodyBlock().child_blocks["action"]
    chosen = home().pk if page else None
    value = block.to_python({"text": "x", "button": "y", "page": chosen, "path": path})

    with pytest.raises(ValidationError):
        block.clean(value)


def test_featured_needs_are_read_when_served():
    chosen = make_publishable(published=True, title="指定的课桌")
    make_publishable(published=True, title="别的需求", category=Category.MEDICAL)
    block = {"heading": "在等", "needs": [chosen], "category": "", "limit": 3}

    assert "指定的课桌" in rendered(("featured_needs", block))
    assert "别的需求" not in rendered(("featured_needs", block))

    chosen.household.consents.filter(scope=ConsentScope.PUBLISH_NEED).update(
        withdrawn_at=clock.now()
    )
    assert "指定的课桌" not in rendered(("featured_needs", block))


def test_without_chosen_needs_the_newest_of_the_category_stand():
    make_publishable(published=True, title="一张课桌")
    make_publishable(published=True, title="半年的药", category=Category.MEDICAL)
    block = {"heading": "在等", "needs": [], "category": Category.MEDICAL, "limit": 3}

    html = rendered(("featured_needs", block))

    assert "半年的药" in html
    assert "一张课桌" not in html


def test_the_live_counter_polls_its_campaigns_board():
    campaign = CampaignFactory(slug="poverty-day")

    html = rendered(("live_counter", {"campaign": campaign}))

    assert 'data-live-url="/campaigns/poverty-day/board.json"' in html
    assert 'data-live-field="cash_minor"' in html
    assert rendered(("live_counter", {"campaign": None})).count("data-live-url") == 1


def test_the_live_counter_without_any_campaign_is_silent():
    assert "data-live-url" not in rendered(("live_counter", {"campaign": None}))


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_previews_itself_in_the_admin(client, name):
    CampaignFactory()
    client.force_login(make_editor())
    block = HomePage._meta.get_field("body").stream_block.child_blocks[name]
    assert block.is_previewable

    answer = client.get("/admin/block-preview/", {"id": block.definition_prefix})

    assert answer.status_code == 200
    html = answer.content.decode()
    assert "css/cms.css" in html
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]


def test_a_story_with_every_block_is_served(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    campaign = CampaignFactory()
    shown_story(
        slug="a-desk",
        body=[
            ("heading", "公示"),
            ("live_counter", {"campaign": campaign}),
            ("featured_needs", {"heading": "在等", "needs": [], "category": "", "limit": 1}),
        ],
    )

    html = client.get("/stories/a-desk/").content.decode()

    assert "data-live-url" in html
    assert "在等" in html
