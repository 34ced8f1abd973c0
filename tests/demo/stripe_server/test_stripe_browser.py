"""The pay page in Chromium at the width of a phone."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.browser import PATIENCE_MS, PHONE, chromium

pytestmark = pytest.mark.browser


@pytest.fixture
def page() -> Iterator[Page]:
    with chromium() as browser:
        page = browser.new_page(viewport=PHONE)
        page.set_default_timeout(PATIENCE_MS)
        yield page


def check(page: Page) -> None:
    """No violation for axe, no sideways scrolling, targets big enough for a thumb."""
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    for button in page.locator("button").all():
        assert button.bounding_box()["height"] >= 44


def test_a_payer_on_a_phone_is_declined_authenticates_and_pays(
    page, client, stripe_server, session_params
):
    console = []
    page.on("console", lambda message: console.append(message.text))
    session = client.v1.checkout.sessions.create(
        session_params(
            success_url=stripe_server.base_url + "/?paid={CHECKOUT_SESSION_ID}",
            cancel_url=stripe_server.base_url + "/?cancelled",
        )
    )

    page.goto(session.url)
    check(page)
    page.get_by_label("电子邮箱").fill("a@example.org")
    page.get_by_label("卡号").fill("4000 0000 0000 0002")
    page.click("#pay-card")
    refusal = page.inner_text("#payment-problem")
    check(page)
    page.click("#pay-alipay")
    check(page)
    page.click("#fail")
    page.click("#pay-wechat")
    check(page)
    page.click("#fail")
    page.fill("#card-number", "4000 0027 6000 3184")
    page.click("#pay-card")
    page.click("#authorize")

    assert "银行拒绝了这张卡" in refusal
    assert page.url == f"{stripe_server.base_url}/?paid={session.id}"
    assert stripe_server.objects("checkout.session")[0]["payment_status"] == "paid"
    assert console == []


def test_the_language_switch_and_the_way_back_work_in_dark_colours(
    page, client, stripe_server, session_params
):
    session = client.v1.checkout.sessions.create(
        session_params(cancel_url=stripe_server.base_url + "/?cancelled")
    )
    page.emulate_media(color_scheme="dark")

    page.goto(session.url)
    page.click("#switch-language")
    check(page)
    english = page.inner_text("h1")
    page.click("#back-to-site")

    assert english == "Pay ¥100.00"
    assert page.url == f"{stripe_server.base_url}/?cancelled"
    assert stripe_server.objects("checkout.session")[0]["status"] == "open"
