"""The hosted pay page over plain HTTP, as a browser without JavaScript uses it."""

import re
from html.parser import HTMLParser

import pytest
import requests

from tests.waiting import PATIENCE


class Fields(HTMLParser):
    """Collects ids, and which inputs a label names or wraps."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.labelled: set[str] = set()
        self.inputs: list[str] = []
        self._in_label = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "label":
            self._in_label = "for" not in given
            self.labelled.add(given.get("for", ""))
        if tag == "input" and given.get("type") != "hidden":
            self.inputs.append(given["id"])
            if self._in_label:
                self.labelled.add(given["id"])

    def handle_endtag(self, tag):
        self._in_label = self._in_label and tag != "label"


@pytest.fixture
def session(client, session_params):
    return client.v1.checkout.sessions.create(session_params(customer_email="a@example.org"))


CARD = {"card-number": "4242 4242 4242 4242", "card-expiry": "12/34", "card-cvc": "123"}


def press(session, button, **fields):
    form = {**CARD, **fields, button: "1"}
    return requests.post(session.url, form, allow_redirects=False, timeout=PATIENCE)


def test_the_page_says_amount_purpose_and_that_no_money_moves(session):
    page = requests.get(session.url, timeout=PATIENCE)

    assert page.status_code == 200
    assert 'lang="zh-Hans"' in page.text
    for words in ("支付 ¥100.00", "冬衣", "这是模拟收银台，不会发生任何真实扣款。"):
        assert words in page.text
    assert page.text.count("<h1>") == 1


def test_the_page_speaks_english_when_asked(session):
    page = requests.get(session.url + "?lang=en", timeout=PATIENCE).text

    assert 'lang="en"' in page
    assert "Pay ¥100.00" in page
    assert "No money moves." in page


def test_an_english_session_opens_in_english(client, session_params):
    session = client.v1.checkout.sessions.create(session_params(locale="en", submit_type="donate"))

    assert "Donate ¥100.00" in requests.get(session.url, timeout=PATIENCE).text


def test_the_policy_allows_no_script_and_only_the_sites_own_forms(session):
    page = requests.get(session.url, timeout=PATIENCE)

    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self';")
    assert "form-action 'self' http://127.0.0.1:9" in policy
    assert "unsafe" not in policy
    assert "<script" not in page.text
    assert not re.search(r"\sstyle=|\son\w+=", page.text)


def test_every_input_has_a_visible_label(client, session_params):
    session = client.v1.checkout.sessions.create(session_params())

    fields = Fields(requests.get(session.url, timeout=PATIENCE).text)

    assert fields.inputs == [
        "email",
        "card-number",
        "card-expiry",
        "card-cvc",
        "delayed-succeed",
        "delayed-fail",
    ]
    assert set(fields.inputs) <= fields.labelled


def test_what_the_caller_wrote_is_escaped(client, session_params):
    price = {"currency": "cny", "unit_amount": 500, "product_data": {"name": "<i>&$x${y}"}}
    session = client.v1.checkout.sessions.create(
        session_params(line_items=[{"quantity": 1, "price_data": price}])
    )

    page = requests.get(session.url, timeout=PATIENCE).text

    assert "&lt;i&gt;&amp;$x${y}" in page
    assert "<i>" not in page


def test_paying_by_card_goes_back_to_the_site_with_the_session(session, stripe_server):
    answer = press(session, "pay-card")

    assert answer.status_code == 303
    assert answer.headers["Location"] == f"http://127.0.0.1:9/return?session={session.id}"
    assert stripe_server.objects("checkout.session")[0]["payment_status"] == "paid"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("4000 0000 0000 0002", "银行拒绝了这张卡"),
        ("4000 0000 0000 9995", "这张卡余额不足"),
        ("4242 4242 4242 4241", "卡号不正确"),
        ("4012 8888 8888 1881", "这里只接受测试卡号"),
        ("", "卡号不正确"),
    ],
)
def test_a_refused_card_keeps_the_session_open_and_says_why(session, stripe_server, number, words):
    page = press(session, "pay-card", **{"card-number": number})

    assert 'id="payment-problem"' in page.text
    assert words in page.text
    assert f'value="{number}"' in page.text
    assert stripe_server.objects("checkout.session")[0]["status"] == "open"
    assert press(session, "pay-card").status_code == 303


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"card-expiry": "13/34"}, "有效期不正确"),
        ({"card-expiry": "01/20"}, "有效期不正确"),
        ({"card-expiry": "soon"}, "有效期不正确"),
        ({"card-cvc": "12"}, "安全码不正确"),
    ],
)
def test_wrong_card_details_are_said_before_anything_is_tried(
    session, stripe_server, fields, words
):
    assert words in press(session, "pay-card", **fields).text
    assert stripe_server.events == []


def test_an_email_is_asked_for_when_the_site_gave_none(client, session_params, stripe_server):
    session = client.v1.checkout.sessions.create(session_params())

    page = press(session, "pay-card", email="nobody")
    paid = press(session, "pay-card", email="c@example.org")

    assert page.status_code == 422
    assert "请填写正确的电子邮箱" in page.text
    assert 'value="nobody"' in page.text
    assert paid.status_code == 303
    details = stripe_server.objects("checkout.session")[0]["customer_details"]
    assert details["email"] == "c@example.org"


@pytest.mark.parametrize(
    ("button", "fields", "words"),
    [
        ("pay-card", {"card-number": "4000 0025 0000 3155"}, "3-D Secure 验证"),
        ("pay-card", {"card-number": "4000 0027 6000 3184"}, "3-D Secure 验证"),
        ("pay-alipay", {}, "支付宝（模拟）"),
        ("pay-wechat", {}, "微信支付（模拟）"),
    ],
)
def test_bank_and_wallets_ask_and_can_be_refused_then_agreed_to(
    session, stripe_server, button, fields, words
):
    base = stripe_server.base_url

    first = press(session, button, **fields).headers["Location"]
    question = requests.get(base + first, timeout=PATIENCE).text
    refused = requests.post(base + first, {"fail": "1"}, timeout=PATIENCE)
    second = press(session, button, **fields).headers["Location"]
    agreed = requests.post(
        base + second, {"authorize": "1"}, allow_redirects=False, timeout=PATIENCE
    )

    assert words in question
    assert "验证没有通过" in refused.text
    assert agreed.headers["Location"].endswith(f"session={session.id}")
    assert stripe_server.event_types.count("payment_intent.payment_failed") == 1
    assert stripe_server.event_types[-1] == "checkout.session.completed"


def test_wechat_shows_a_drawn_code(session, stripe_server):
    address = stripe_server.base_url + press(session, "pay-wechat").headers["Location"]

    picture = requests.get(address.partition("?")[0] + "/qr.svg", timeout=PATIENCE)

    assert "<svg" in requests.get(address, timeout=PATIENCE).text
    assert picture.headers["Content-Type"] == "image/svg+xml"


def test_a_card_may_be_refused_after_authentication(session, stripe_server):
    where = press(session, "pay-card", **{"card-number": "4000 0082 6000 3178"}).headers["Location"]

    page = requests.post(stripe_server.base_url + where, {"authorize": "1"}, timeout=PATIENCE)

    assert "这张卡余额不足" in page.text
    assert stripe_server.objects("checkout.session")[0]["status"] == "open"


@pytest.mark.parametrize(("outcome", "status"), [("succeed", "paid"), ("fail", "unpaid")])
def test_a_delayed_payment_returns_at_once_and_ends_later(session, stripe_server, outcome, status):
    answer = press(session, "pay-delayed", **{"delayed-outcome": outcome})
    page = requests.get(f"{stripe_server.base_url}/pay/{session.id}", timeout=PATIENCE)
    stripe_server.advance(3601)

    assert answer.status_code == 303
    assert "正在处理" in page.text
    assert stripe_server.objects("checkout.session")[0]["payment_status"] == status


def test_a_paid_session_cannot_be_paid_again(session, stripe_server):
    press(session, "pay-card")

    page = press(session, "pay-card")

    assert "不能再付第二次" in page.text
    assert f"session={session.id}" in page.text
    assert len(stripe_server.objects("charge")) == 1


def test_an_expired_session_says_so_and_leads_back(session, stripe_server):
    stripe_server.advance(86_401)

    page = press(session, "pay-card")

    assert page.status_code == 410
    assert "已经过期，没有扣款" in page.text
    assert 'href="http://127.0.0.1:9/cancelled"' in page.text
    assert stripe_server.objects("charge") == []


def test_authorising_after_the_end_changes_nothing(session, stripe_server):
    where = stripe_server.base_url + press(session, "pay-alipay").headers["Location"]
    stripe_server.advance(86_401)

    page = requests.post(where, {"authorize": "1"}, timeout=PATIENCE)

    assert page.status_code == 410
    assert stripe_server.objects("charge") == []
    assert stripe_server.objects("payment_intent")[0]["status"] == "canceled"


@pytest.mark.parametrize("path", ["/pay/cs_test_0", "/pay/authorize/pi_0", "/pay/x", "/pay/"])
def test_pages_that_are_not_there_are_a_404(stripe_server, path):
    page = requests.get(stripe_server.base_url + path, timeout=PATIENCE)

    assert page.status_code == 404
    assert "没有找到这个付款页面" in page.text


def test_only_offered_ways_to_pay_are_shown_and_taken(client, session_params, stripe_server):
    session = client.v1.checkout.sessions.create(
        session_params(allowed_payment_method_types=["alipay"], customer_email="a@example.org")
    )

    page = requests.get(session.url, timeout=PATIENCE).text

    assert 'name="pay-alipay"' in page
    assert 'name="pay-card"' not in page
    assert press(session, "pay-card").status_code == 200
    assert stripe_server.objects("charge") == []


def test_a_button_nobody_drew_is_answered_with_a_choice(session):
    page = press(session, "pay-cash")

    assert page.status_code == 422
    assert "请选择一种支付方式" in page.text
