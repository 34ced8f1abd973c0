"""The list of needs as a page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.matching import make_tree
from tests.factories.search import make_public

NASTY = [
    "'", '"', "\\", "%", "_", "\x00", "老人\x00", "(", "[[", "AND", "NEAR(", "*", "a:b", "-", "^",
    "<script>alert(1)</script>", "💡", "\u202e", "٣", "ß", "Ⅷ", "㎢" * 50, "𠮷", "é" * 100,
    "0" * 101, "' OR 1=1 --", "${7*7}", "../../etc", "\ud800".encode("utf-8", "surrogatepass"),
]  # fmt: skip


def test_the_list_shows_open_needs_with_place_progress_and_who_answered(client, world):
    page = client.get("/needs/").content.decode()

    assert "找到 6 项需求" in page
    assert "由数据库应答" in page
    assert "独居老人过冬取暖" in page
    assert "已买好的课桌" not in page
    assert "泼机镇" in page
    assert "老包寨村" not in page


def test_the_same_list_in_english(client, world):
    page = client.get("/en/needs/").content.decode()

    assert "A stove for an old man alone" in page
    assert "/en/needs/" in page


def test_a_search_keeps_its_filters_in_every_link(client, world):
    page = client.get("/needs/?q=镇雄&category=education&sort=newest").content.decode()

    assert "找到 1 项需求" in page
    assert 'name="category" value="education"' in page
    assert "?category=education&amp;sort=newest" in page


def test_what_was_searched_for_is_marked_and_escaped(client, world):
    page = client.get("/needs/", {"q": "老人"}).content.decode()
    assert "独居<mark>老人</mark>过冬取暖" in page

    page = client.get("/needs/", {"q": "<b>老人"}).content.decode()
    assert "<b>老人" not in page


def test_a_region_narrows_and_leads_back(client, world):
    make_public(9, village=make_tree().far_village)
    page = client.get("/needs/?region=530627103000").content.decode()

    assert "找到 3 项需求" in page
    assert "?region=530627000000" in page


def test_nothing_found_says_what_to_drop(client, world):
    response = client.get("/needs/?q=沙漠&category=medical")
    page = response.content.decode()

    assert response.status_code == 200
    assert "没有符合全部条件的需求" in page
    assert 'href="?category=medical"' in page


def test_an_empty_site_says_so(client, db):
    assert "现在没有正在筹集的需求" in client.get("/needs/").content.decode()


def test_unknown_filters_are_told_and_ignored(client, world):
    page = client.get("/needs/?category=weapons&sort=random&region=999").content.decode()

    assert "有一个筛选条件不认识，已忽略。" in page
    assert "没有找到这个地区" in page
    assert "找到 6 项需求" in page


def test_a_long_text_is_cut_with_a_sentence(client, world):
    page = client.get("/needs/", {"q": "老" * 101}).content.decode()

    assert "搜索词太长，只用了前 100 个字。" in page


@pytest.mark.parametrize(
    "page", ["0", "-1", "abc", "501", "99999999999999999999", "2", "１", "1.5"]
)
def test_a_page_that_is_not_there_is_a_404_with_a_way_back(client, world, page):
    response = client.get("/needs/", {"page": page, "q": "老人"})

    assert response.status_code == 404
    assert "没有这一页" in response.content.decode()
    assert "?q=%E8%80%81%E4%BA%BA" in response.content.decode()


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("name", ["q", "region", "category", "page", "sort", "status"])
def test_odd_input_is_never_an_error(client, db, name, text):
    assert client.get("/needs/", {name: text}).status_code in {200, 404}


def test_a_need_hidden_since_the_last_sync_is_not_shown(client, world):
    world["stove"].household.consents.update(withdrawn_at="2026-11-01T00:00Z")

    page = client.get("/needs/").content.decode()

    assert "独居老人过冬取暖" not in page


def test_more_cards_cost_no_more_queries(client, db):
    make_public(0)
    client.get("/needs/")  # warms what is cached for minutes
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/needs/")
    for number in range(1, 24):
        make_public(number)
    with CaptureQueriesContext(connection) as many:
        client.get("/needs/")

    assert len(many) == len(few) <= 10
