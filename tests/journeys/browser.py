"""Chromium as people use it, with a watch on what must never happen."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests import databases
from tests.waiting import PATIENCE

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
PATIENCE_MS = PATIENCE * 1000
expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Watch:
    """What the browser complained of, and where it went beyond this machine."""

    console: list[str] = field(default_factory=list)
    abroad: list[str] = field(default_factory=list)

    def look(self, page: Page) -> None:
        page.on(
            "console",
            lambda message: (
                self.console.append(f"{page.url}: {message.text}")
                if message.type == "error"
                else None
            ),
        )
        page.on("pageerror", lambda error: self.console.append(f"{page.url}: {error}"))
        page.on(
            "request",
            lambda request: (
                self.abroad.append(request.url)
                if urlsplit(request.url).hostname not in {"127.0.0.1", None}
                and not request.url.startswith(("data:", "blob:"))
                else None
            ),
        )


@contextmanager
def chromium() -> Iterator[Browser]:
    driver: Playwright
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=databases.chromium_path(), args=ARGUMENTS, timeout=PATIENCE_MS
        )
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visitor(
    browser: Browser,
    base: str,
    watch: Watch,
    *,
    size: dict[str, int] = PHONE,
    locale: str = "zh-CN",
) -> Iterator[Page]:
    """A person with a browser of their own."""
    context = browser.new_context(viewport=size, base_url=base, locale=locale)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    watch.look(page)
    try:
        yield page
    except BaseException:
        # What the person saw when the step failed; pytest shows it with the failure.
        print(f"\nat {page.url}\n{page.locator('body').inner_text()[:3000]}")
        raise
    finally:
        context.close()


def sign_in(page: Page, username: str, password: str) -> None:
    page.goto("/account/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/login/" not in url)
