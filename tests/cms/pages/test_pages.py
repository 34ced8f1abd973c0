"""The tree as installed, its addresses in both languages, and what they show to whom."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from cms.models import HomePage, StandardPage
from core import clock
from donations.models import PublishedReport
from donations.states import ReportKind
from matching.models import Need
from matching.states import ConsentScope, NeedStatus
from tests.factories.cms import (
    StoryImageFactory,
    home,
    make_campaign_page,
    make_story_page,
    shown_story,
)
from tests.factories.matching import CampaignFactory, make_publishable

pytestmark = pytest.mark.django_db

SECTIONS = ["/", "/stories/", "/campaigns/", "/transparency/", "/about/"]


def ids(html):
    return re.findall(r'\sid="([^"]+)"', html)


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", SECTIONS)
def test_a_fresh_installation_answers_in_both_languages(client, prefix, path):
    answer = client.get(prefix + path)

    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{"en" if prefix else "zh-Hans"}"' in html
    assert html.count("<h1") == 1
    assert sorted(ids(html)) == sorted(set(ids(html)))
    assert 'hreflang="en"' in html
    assert 'hreflang="zh-Hans"' in html


def test_the_default_site_points_at_the_chinese_front_page():
    site = Site.objects.get(is_default_site=True)

    assert site.root_page.specific == home()
    assert home().get_translations().get().specific == home("en")
    assert HomePage.objects.count() == 2


def test_the_tree_is_sound():
    assert Page.find_problems() == ([], [], [], [], [])
    assert {page.locale.language_code for page in StandardPage.objects.all()} == {"zh-hans", "en"}


def test_pages_stand_only_where_they_belong():
    assert not HomePage.can_create_at(home())
    for index in home().get_children().specific():
        if type(index).max_count_per_parent:
            assert not type(index).can_create_at(home())


def test_the_about_page_says_who_verifies(client):
    assert "三个不同的人" in client.get("/about/").content.decode()
    assert "three different people" in client.get("/en/about/").content.decode()


def test_a_story_is_read_at_one_address_in_both_languages(client):
    story = shown_story(slug="a-desk", title="一张课桌", title_en="A desk")

    chinese, english = client.get("/stories/a-desk/"), client.get("/en/stories/a-desk/")

    assert "木匠量了两次尺寸" in chinese.content.decode()
    assert "The joiner measured twice" in english.content.decode()
    assert f"/give/{story.need.code}/" in chinese.content.decode()
    assert f"/en/give/{story.need.code}/" in english.content.decode()
    assert chinese.content.decode().count("<h1") == 1


def test_a_story_without_english_is_shown_in_chinese(client):
    shown_story(slug="a-desk", title_en="", summary_en="", body_en=[])

    assert "木匠量了两次尺寸" in client.get("/en/stories/a-desk/").content.decode()


@pytest.mark.parametrize("scope", [ConsentScope.PUBLISH_NEED, ConsentScope.PUBLISH_STORY])
def test_a_withdrawn_consent_hides_the_story_everywhere_at_once(client, scope):
    story = shown_story(slug="a-desk", title="一张课桌")
    assert client.get("/stories/a-desk/").status_code == 200
    story.need.household.consents.filter(scope=scope).update(withdrawn_at=clock.now())

    assert client.get("/stories/a-desk/").status_code == 404
    assert "一张课桌" not in client.get("/stories/").content.decode()
    assert "一张课桌" not in client.get("/").content.decode()


def test_an_expired_consent_hides_the_story(client):
    story = shown_story(slug="a-desk")
    story.need.household.consents.filter(scope=ConsentScope.PUBLISH_STORY).update(
        given_on=clock.today() - timedelta(days=9), expires_on=clock.today() - timedelta(days=1)
    )

    assert client.get("/stories/a-desk/").status_code == 404


def test_a_paused_need_takes_its_story_along(client):
    story = shown_story(slug="a-desk")
    Need.objects.filter(pk=story.need_id).update(status=NeedStatus.PAUSED)

    assert client.get("/stories/a-desk/").status_code == 404


def test_a_story_page_of_a_village_is_one_per_language(client):
    make_story_page(title="村口的路", slug="the-road")
    make_story_page("en", title="The road", slug="the-road")

    assert "村口的路" in client.get("/stories/the-road/").content.decode()
    assert "The road" in client.get("/en/stories/the-road/").content.decode()
    assert "村口的路" not in client.get("/en/stories/").content.decode()


def test_the_list_of_stories_is_paged(client):
    for _number in range(14):
        make_story_page()

    first, second = client.get("/stories/"), client.get("/stories/?page=2")

    assert first.content.decode().count('class="card"') == 12
    assert second.content.decode().count('class="card"') == 2
    assert client.get("/stories/?page=junk").status_code == 200


def test_unknown_stories_and_campaigns_are_not_found(client):
    assert client.get("/stories/nothing/").status_code == 404
    assert client.get("/campaigns/nothing/").status_code == 404


def test_a_campaign_is_shown_without_a_page_of_its_own(client):
    campaign = CampaignFactory(slug="poverty-day")

    html = client.get("/campaigns/poverty-day/").content.decode()

    assert campaign.filing_number in html
    assert campaign.project.charity.fundraising_certificate in html
    assert campaign.project.filing_number in html
    assert 'data-live-url="/campaigns/poverty-day/board.json"' in html
    assert "/give/poverty-day/" in html


def test_a_campaign_page_adds_what_editors_say(client):
    campaign = CampaignFactory(slug="poverty-day")
    make_campaign_page(campaign, intro="一元的路")

    html = client.get("/campaigns/poverty-day/").content.decode()

    assert "一元的路" in html
    assert campaign.filing_number in html


def test_a_campaign_page_keeps_the_campaigns_slug():
    campaign = CampaignFactory(slug="poverty-day")

    with pytest.raises(Exception, match="网址名必须与活动一致：poverty-day"):
        make_campaign_page(campaign, slug="another")


def test_a_campaign_that_is_over_takes_no_gifts(client):
    CampaignFactory(
        slug="spring",
        starts_at=clock.now() - timedelta(days=9),
        ends_at=clock.now() - timedelta(days=1),
    )

    html = client.get("/campaigns/spring/").content.decode()

    assert "/give/spring/" not in html
    assert "已结束" in html


def test_the_front_page_shows_needs_by_township_and_no_finer(client):
    need = make_publishable(published=True, title="两套课桌")

    html = client.get("/").content.decode()

    assert "两套课桌" in html
    assert need.village.region.parent.name in html
    assert need.village.region.name not in html
    assert need.household.code not in html


def test_the_front_page_asks_few_questions_however_many_stories(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for _number in range(6):
        shown_story(cover=StoryImageFactory())
    CampaignFactory()
    client.get("/")
    cache.clear()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/")

    assert len(queries) <= 18, "\n".join(query["sql"][:120] for query in queries)


def test_the_newest_version_of_each_report_is_listed(client):
    for version in (1, 2):
        PublishedReport.objects.create(
            kind=ReportKind.MONTHLY,
            subject="2026-10",
            version=version,
            data={
                "title": {"zh-hans": "2026 年 10 月", "en": "October 2026"},
                "currency": "CNY",
                "headline": {"cash_minor": 1_000, "matched_minor": 500, "paid_out_minor": 0},
            },
            sha256=str(version) * 64,
        )

    html = client.get("/transparency/").content.decode()

    assert "月度报告：2026 年 10 月" in html
    assert "¥10" in html
    assert "2" * 64 in html
    assert "1" * 64 not in html
    assert "/transparency/monthly/2026-10/" in html


def test_structured_data_cannot_break_out_of_its_element(client):
    shown_story(slug="a-desk", title="</script><b>", summary="a & b")

    html = client.get("/stories/a-desk/").content.decode()

    assert "</script><b>" not in html
    assert "\\u003c/script\\u003e" in html
