"""The style guide in Chromium: no overflow, no axe violation, and the shared scripts at work."""

import json
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf.urls.i18n import i18n_patterns
from django.contrib.staticfiles.finders import find
from django.test import Client
from django.urls import include, path

from tests.journeys import browser
from tests.journeys.browser import PATIENCE_MS

pytestmark = [pytest.mark.browser, pytest.mark.urls(__name__)]
urlpatterns = i18n_patterns(
    path("styleguide/", include("core.styleguide_urls")), prefix_default_language=False
)
HOST = "http://localhost"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
BOARD = """<!doctype html><html lang="zh-Hans"><title>板</title><main data-live-url="/board.json"
data-live-every="2"><b data-live-field="cash.minor" data-live-format="money">¥1</b>
<i data-live-field="gifts">1</i><time data-live-as-of></time></main>
<script type="module" src="/static/js/live_poll.js"></script></html>"""

TICKER = """<!doctype html><html lang="zh-Hans"><title>板</title>
<main data-live-url="/board.json" data-live-every="2"><svg><rect width="0%"
data-live-share="townships.a.cash_minor/max(townships.cash_minor)"></rect></svg></main>
<section data-live-url="/board.json"><ol data-live-list="latest" data-live-nobody="爱心人士"
data-live-now="刚刚"><template><li><i data-item="name" data-live-format="text"></i>
<b data-item="amount_minor" data-live-format="money"></b><s data-optional>配捐
<u data-item="matched_minor" data-live-format="money"></u></s><time></time></li></template>
<li>还没有捐赠</li></ol></section>
<script type="module" src="/static/js/live_poll.js"></script></html>"""


@pytest.fixture(scope="module")
def chromium():
    with browser.chromium() as running:
        yield running


def _answer(route):
    """Serve the page from Django's test client and static files from their finders."""
    address = urlsplit(route.request.url)
    if address.path.startswith("/static/"):
        file = find(address.path.removeprefix("/static/"))
        route.fulfill(path=file, content_type=TYPES["." + file.rpartition(".")[2]])
        return
    response = Client().get(f"{address.path}?{address.query}")
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    route.fulfill(status=response.status_code, body=b"".join(response), headers=headers)


@pytest.fixture
def open_page(chromium):
    """Return a function that opens an address; at the end no console line may be left."""
    complaints, contexts = [], []

    def opening(address, *, width=1280, scheme="light", answer=_answer, **options):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, **options
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.route("**/*", answer)
        page.goto(HOST + address)
        return page

    yield opening
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize(
    ("address", "scheme", "width"),
    [
        ("/styleguide/", "light", 390),
        ("/styleguide/", "dark", 1280),
        ("/en/styleguide/", "light", 1280),
        ("/en/styleguide/", "dark", 390),
    ],
)
def test_the_style_guide_is_accessible_and_fits(open_page, address, scheme, width):
    page = open_page(address, width=width, scheme=scheme)

    violations = Axe().run(page).response["violations"]

    assert [(v["id"], v["nodes"][0]["html"]) for v in violations] == []
    for size in (320, 390, 768, 1160):
        page.set_viewport_size({"width": size, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") == size


def test_the_menu_opens_without_script(open_page):
    page = open_page("/styleguide/", width=390, java_script_enabled=False)

    page.click(".menu > summary")

    assert page.is_visible(".menu__panel a[href='/ledger/']")
    assert not page.is_visible("[data-theme-toggle]")


def test_a_chosen_theme_is_remembered_until_it_is_the_systems_again(open_page):
    page = open_page("/styleguide/", scheme="light")
    theme = "document.documentElement.dataset.theme ?? null"

    page.click("[data-theme-toggle]")
    page.reload()
    assert page.evaluate(theme) == "dark"
    assert page.get_attribute("[data-theme-toggle]", "aria-pressed") == "true"

    page.click("[data-theme-toggle]")
    assert page.evaluate(theme) is None
    assert page.evaluate("localStorage.length") == 0


def test_typing_an_amount_chooses_it(open_page):
    page = open_page("/styleguide/")

    page.fill("#amount_own_value", "88.5")
    assert page.is_checked("#amount_own")

    page.check("#amount_0", force=True)
    assert page.input_value("#amount_own_value") == ""


def test_live_figures_follow_the_json_and_outlive_an_error(open_page):
    tags = []

    def answer(route):
        if route.request.url.endswith("/board.json"):
            tags.append(route.request.headers.get("if-none-match"))
            if len(tags) == 1:
                body = {
                    "cash": {"minor": 155_834_050},
                    "gifts": 2018,
                    "as_of": "2026-10-17T04:00:00Z",
                }
                route.fulfill(body=json.dumps(body), headers={"ETag": '"one"'})
            elif len(tags) == 2:
                route.fulfill(status=304)
            else:
                route.fulfill(body="not json")
        elif "/static/" in route.request.url:
            _answer(route)
        else:
            route.fulfill(body=BOARD, content_type="text/html")

    page = open_page("/board/", answer=answer)
    page.wait_for_selector("main[data-live-stale]", state="attached")

    assert tags[:3] == [None, '"one"', '"one"']
    assert page.inner_text("b") == "¥1,558,340.50"
    assert page.inner_text("i") == "2,018"
    assert page.inner_text("time") == "2026/10/17 12:00:00"


def test_the_latest_gifts_follow_the_json_and_share_one_poll(open_page):
    # By the reader's clock not yet: it stays 刚刚 however long the test takes.
    soon, hour_ago = ((datetime.now(UTC) + timedelta(minutes=by)).isoformat() for by in (60, -90))
    first = {"name": "张**", "amount_minor": 5_000, "matched_minor": 5_000, "at": soon}
    unnamed = {"name": None, "amount_minor": 150, "matched_minor": 0, "at": hour_ago}
    told, asked = [], []

    def answer(route):
        if route.request.url.endswith("/board.json"):
            asked.append(time.monotonic())
            if len(asked) > 2:
                return  # a page that takes its time asks again; it is left to wait
            told.append([unnamed] if not told else [first, unnamed])
            places = {"a": {"cash_minor": 50}, "b": {"cash_minor": 200}}
            route.fulfill(body=json.dumps({"latest": told[-1], "townships": places}))
        elif "/static/" in route.request.url:
            _answer(route)
        else:
            route.fulfill(body=TICKER, content_type="text/html; charset=utf-8")

    page = open_page("/board/", answer=answer)
    page.wait_for_selector("li[data-changed]")

    assert asked[1] - asked[0] > 1.5, "the two sections asked apart"
    rows = [" ".join(row.split()) for row in page.locator("li").all_inner_texts()]
    assert rows == ["张** ¥50配捐 ¥50刚刚", "爱心人士 ¥1.501 小时前"]
    assert page.locator("li[data-changed]").count() == 1
    assert page.get_attribute("rect", "width") == "25.0%"
