"""The admin finds parts of Chinese words and survives any query."""

import pytest
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.query import Phrase, PlainText

from cms.models import NeedStory
from tests.factories.cms import NeedStoryFactory, StoryImageFactory, make_editor, make_story_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories():
    return {
        "warm": NeedStoryFactory(title="独居老人过冬取暖", title_en="Warm winters", summary="炉子"),
        "lunch": NeedStoryFactory(title="小学生营养午餐", title_en="School lunches", summary="饭"),
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("老人", ["warm"]),
        ("独居老人", ["warm"]),
        ("过冬", ["warm"]),
        ("老", ["warm"]),
        ("午餐 小学", ["lunch"]),
        ("ｌｕｎｃｈｅｓ", ["lunch"]),
        ("winters", ["warm"]),
        ("老人午餐", []),
        ("炉子", ["warm"]),
        ("木匠", ["lunch", "warm"]),
    ],
)
@pytest.mark.parametrize("method", ["search", "autocomplete"])
def test_parts_of_words_are_found(stories, method, query, found):
    if method == "autocomplete" and query in {"炉子", "木匠"}:
        found = []  # only titles and codes complete

    hits = getattr(get_search_backend(), method)(query, NeedStory)

    assert sorted(name for name, story in stories.items() if story in list(hits)) == found


def test_a_story_is_found_by_its_needs_code(stories):
    hits = get_search_backend().search(stories["warm"].need.code, NeedStory)

    assert list(hits) == [stories["warm"]]


def test_structured_queries_are_cut_too(stories):
    backend = get_search_backend()

    assert list(backend.search(PlainText("取暖"), NeedStory)) == [stories["warm"]]
    assert list(backend.search(Phrase("老人过冬"), NeedStory)) == [stories["warm"]]
    both = PlainText("老人") | PlainText("午餐")
    assert set(backend.search(both, NeedStory)) == set(stories.values())


NASTY = ['"', "'", '"`', '老人"', 'a"b', "(", "*", "NEAR(", "-", "\\", "%", "老 OR", "x:y", "🙂"]


@pytest.mark.parametrize("query", NASTY)
def test_no_query_breaks_the_search(stories, query):
    for method in ("search", "autocomplete"):
        list(getattr(get_search_backend(), method)(query, NeedStory))
        list(getattr(get_search_backend(), method)(query, Page))


@pytest.mark.parametrize("query", ['"', "'\"`", '老人"', "\x00", "a\x00b", "%", ";--"])
def test_the_admins_lists_answer_any_query(client, stories, query):
    client.force_login(make_editor())
    StoryImageFactory()
    for address in (
        "/admin/snippets/cms/needstory/",
        "/admin/pages/search/",
        "/admin/images/",
        "/admin/choose/needs/",
        "/admin/pages/2/",
        "/admin/choose-page/search/",
    ):
        answer = client.get(address, {"q": query})
        assert answer.status_code == 200, (address, query)


def test_the_admins_list_shows_a_part_of_a_title(client, stories):
    client.force_login(make_editor())

    html = client.get("/admin/snippets/cms/needstory/", {"q": "老人"}).content.decode()

    assert "独居老人过冬取暖" in html
    assert "小学生营养午餐" not in html


def test_pages_are_found_in_the_admin_too(client):
    make_story_page(title="村口的路通了")
    client.force_login(make_editor())

    html = client.get("/admin/pages/search/", {"q": "口的"}).content.decode()

    assert "村口的路通了" in html
