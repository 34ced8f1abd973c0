"""Every page type in Chromium: accessible, in its language, fitting, asking nobody abroad."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from django.db import connections
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Response

from tests import databases
from tests.browser.checks import CONTRAST, EVERY_RULE, STRUCTURE, Options, asked, faults, raised
from tests.browser.pages import PUBLIC, SIGNED_IN, SLIPS, Slip, Visit
from tests.browser.scene import Scene, Visitor, live_site, row_counts, window
from tests.journeys.browser import chromium

pytestmark = pytest.mark.browser
LANGUAGES = ("zh-hans", "en")
# Empties what people see, keeps what the server put there unseen.
SEND_EMPTY = """(form) => {
  form.noValidate = true;
  for (const control of form.elements) {
    if (["hidden", "submit", "button", "fieldset"].includes(control.type)) continue;
    if (["radio", "checkbox"].includes(control.type)) control.checked = false;
    else if (!["file"].includes(control.type)) control.value = "";
  }
}"""
# Where forms lead when something came between: the page, what is done there, the answer.
DETOURS = {
    "confirm the match": (
        "/give/<open_need>/",
        """(language) => {
          const form = document.querySelector("[data-give]");
          form.querySelector("[value=own]").checked = true;
          form.elements.own_amount.value = "7";
          form.elements.email.value = `hasty-${language}@example.org`;
          form.requestSubmit();
        }""",
        200,
    ),
    "match lost": (
        "/give/<open_need>/gift/<lost>/?back=1",
        """() => document.querySelector("form[action$='/pay/']").requestSubmit()""",
        409,
    ),
    "expired form": (
        "/notices/<notice>/",
        """() => {
          const form = document.querySelector("main form");
          form.elements.csrfmiddlewaretoken.remove();
          form.requestSubmit();
        }""",
        403,
    ),
    "senseless request": (
        "/notices/<notice>/",
        """() => {
          const form = document.querySelector("main form");
          for (let number = 0; number < 1100; number += 1) {
            const field = Object.assign(document.createElement("input"), {type: "hidden"});
            field.name = `field${number}`;
            form.append(field);
          }
          form.requestSubmit();
        }""",
        400,
    ),
}
TOOLS = [
    ("/api/v1/docs", "guest"),
    ("/admin/", "editor"),
    ("/admin/pages/", "editor"),
    ("/admin/snippets/cms/needstory/", "editor"),
]
PAPERS = [
    "/receipts/<receipt>/?t=<receipt_key>",
    "/notices/<notice>/",
    "/transparency/campaign/<campaign>/",
    "/give/<need>/gift/<gift>/",
    "/ledger/",
]
PAPER = """() => ({
  pressable: [...document.querySelectorAll("button, .button, .menu, .main-nav, .desk-bar, .tool")]
    .filter((box) => box.checkVisibility()).map((box) => box.outerHTML.slice(0, 80)),
  heading: document.querySelector("h1").checkVisibility(),
  dark: Math.max(...getComputedStyle(document.body).color.match(/\\d+/g).map(Number)) < 100,
})"""
LINKS = """() => [...new Set([...document.links]
  .filter((link) => link.origin === location.origin && !link.hasAttribute("download"))
  .map((link) => link.pathname))]"""


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker) -> Iterator[Scene]:
    """A site that runs while this module's tests look at it."""
    with django_db_blocker.unblock():
        with live_site() as site:
            yield site
        connections.close_all()
        databases.restore()


@pytest.fixture(scope="module")
def browser(scene) -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def visitors(scene, browser) -> Iterator[dict[str, Visitor]]:
    with window(browser, scene, "zh-hans") as phone, window(browser, scene, "en") as desktop:
        yield {"zh-hans": phone, "en": desktop}


@dataclass
class Tour:
    """Pages seen one after the other in one language, and all that was wrong with them."""

    visitor: Visitor
    language: str
    wrong: dict[str, list[str]]

    def told(self) -> str:
        """Say each fault once, with the pages that have it."""
        pages: dict[str, list[str]] = {}
        for name, found in self.wrong.items():
            for fault in found:
                pages.setdefault(fault, []).append(name)
        lines = [f"{fault}\n    {len(on)}: {', '.join(on[:3])}" for fault, on in pages.items()]
        return "\n".join([f"{len(self.wrong)} pages are not in order:", *lines])

    def address(self, path: str) -> str:
        rows = self.visitor.scene.rows
        filled = re.sub(r"<(\w+)>", lambda match: str(rows[match[1]]), path)
        return f"/en{filled}" if self.language == "en" else filled

    def rules(self, page: str) -> Options | None:
        """Return the rules that axe has not tried yet: each page once, its colours once a kind.

        The English page has the elements of the Chinese one, in the dark colours.
        """
        kind = re.sub(r"<\w+>|errors .*", "<>", page)
        wanted = [] if self.language == "en" else [(("page", page), STRUCTURE)]
        wanted.append((("kind", kind), CONTRAST))
        rules = [options for key, options in wanted if key not in self.visitor.axed]
        self.visitor.axed.update(key for key, _options in wanted)
        return EVERY_RULE if len(rules) == 2 else next(iter(rules), None)

    def judge(self, name: str, answer: Response, status: int, path: str = "") -> None:
        rules = self.rules(path.partition("?")[0] or name)
        found = faults(self.visitor.page, answer, self.visitor.watch, self.language, rules)
        if answer.status != status:
            found.insert(0, f"answers {answer.status}, not {status}")
        if found:
            self.wrong[name] = found

    def see(self, visit: Visit) -> None:
        self.visitor.become(visit.who)
        answer = self.visitor.page.goto(self.address(visit.path))
        self.judge(f"{visit.who} {visit.path[:60]}", answer, visit.status, visit.path)

    def detour(self, name: str, path: str, act: str, status: int) -> None:
        """Judge the page that a form of another page leads to when sent as ``act`` says."""
        self.visitor.become("guest")
        page = self.visitor.page
        page.goto(self.address(path))
        with page.expect_navigation() as arriving:
            page.evaluate(act, self.language)
        self.judge(name, arriving.value, status)

    def send(self, slip: Slip) -> None:
        page = self.visitor.page
        self.visitor.become(slip.who)
        page.goto(self.address(slip.path))
        name = f"{slip.who} {slip.path} {slip.form} {slip.typed or 'empty'}"
        ending = f"[action$='{slip.form}']" if slip.form else ""
        form = page.locator(f"main form[method=post]{ending}").first
        if not form.count():
            self.wrong[name] = ["has no such form"]
            return
        form.evaluate(SEND_EMPTY)
        for name, value in slip.typed.items():
            form.locator(f"[name={name}]").evaluate("(box, text) => { box.value = text }", value)
        with page.expect_navigation() as arriving:
            form.evaluate("(form) => form.requestSubmit()")
        # A form with its errors is a kind of page; the form itself was seen before.
        self.judge(name, arriving.value, slip.status, f"errors {slip.path} {slip.form}")
        if not raised(page):
            self.wrong.setdefault(name, []).append("no summary of errors")
        kept = {
            field: form.locator(f"[name={field}]").input_value()
            for field in slip.typed
            if field != "password"
        }
        if any(slip.typed[field] != value for field, value in kept.items()):
            self.wrong.setdefault(name, []).append(f"typed {slip.typed}, kept {kept}")


@pytest.fixture(params=LANGUAGES)
def tour(request, visitors) -> Tour:
    return Tour(visitors[request.param], request.param, {})


def apart(ask: Callable[[], dict[str, int]]) -> dict[str, int]:
    """Ask the database from another thread: the browser's loop runs in this one."""

    def asking() -> dict[str, int]:
        try:
            return ask()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asking).result()


def test_public_pages_are_in_order(tour):
    for visit in PUBLIC:
        tour.see(visit)
    assert not tour.wrong, tour.told()


def test_links_of_public_pages_lead_somewhere(visitors):
    """Each address once, without its query; documents to load and other hosts left out."""
    page, rows = visitors["zh-hans"].page, visitors["zh-hans"].scene.rows
    visitors["zh-hans"].become("guest")
    found: dict[str, str] = {}
    for path in ("/", "/needs/", "/needs/<need>/", "/transparency/", "/notices/", "/pairings/"):
        page.goto(re.sub(r"<(\w+)>", lambda match: str(rows[match[1]]), path))
        for link in page.evaluate(LINKS):
            found.setdefault(link, path)
    dead = {
        link: (status, seen_on)
        for link, seen_on in found.items()
        if (status := page.request.get(link).status) >= 400
    }
    assert len(found) > 20
    assert dead == {}


def test_signed_in_pages_are_in_order(tour):
    for visit in SIGNED_IN:
        tour.see(visit)
    assert not tour.wrong, tour.told()


def test_a_form_sent_wrong_says_so_keeps_what_was_typed_and_saves_nothing(tour):
    before = apart(row_counts)
    for slip in SLIPS:
        tour.send(slip)
    assert not tour.wrong, tour.told()
    assert apart(row_counts) == before


def test_pages_beside_the_way_are_in_order(tour):
    """Asked about the match, the match gone, an expired form, a senseless request."""
    for name, (path, act, status) in DETOURS.items():
        tour.detour(name, path, act, status)
    assert not tour.wrong, tour.told()


def test_the_page_of_a_breakdown_is_in_order(visitors):
    """It stands on its own: nothing of the site may be needed to show it."""
    visitor = visitors["zh-hans"]
    tour = Tour(visitor, "zh-hans", {})
    visitor.become("guest")
    policy = visitor.page.goto("/").headers["content-security-policy"]
    answer = {"body": render_to_string("500.html"), "content_type": "text/html; charset=utf-8"}
    visitor.page.route(
        "**/broken/",
        lambda route: route.fulfill(
            status=500, headers={"Content-Security-Policy": policy}, **answer
        ),
    )
    tour.judge("500", visitor.page.goto("/broken/"), 500)
    assert not tour.wrong, tour.told()


@pytest.mark.parametrize(("path", "who"), TOOLS)
def test_tools_made_by_others_load_without_complaint_and_ask_nobody_abroad(visitors, path, who):
    visitor = visitors["en"]
    visitor.become(who)

    answer = visitor.page.goto(path, wait_until="networkidle")

    assert answer.status == 200
    assert asked(visitor.watch, 200) == []


@pytest.mark.parametrize("path", PAPERS)
def test_on_paper_stands_what_was_asked_for_and_nothing_to_press(visitors, path):
    visitor = visitors["en"]
    visitor.become("guest")
    visitor.page.goto(Tour(visitor, "en", {}).address(path))
    visitor.page.emulate_media(media="print")
    try:
        paper = visitor.page.evaluate(PAPER)
    finally:
        visitor.page.emulate_media(media="screen")

    assert paper == {"pressable": [], "heading": True, "dark": True}
