"""What any payment provider must do: Stripe's SDK, its in-memory twin, and another provider."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.http.request import HttpHeaders

from core import clock
from core.money import Money
from donations.exceptions import BadSignatureError, PaymentRefusedError, PaymentUnavailableError
from donations.provider import gateways
from donations.provider.gateways.base import (
    ChargeStatus,
    CheckoutRequest,
    EventMeaning,
    IntentStatus,
    SessionStatus,
)
from tests.donations.provider.fake_gateway import FakeGateway

MINUTES = timedelta(minutes=10)


class OverHttp:
    """The stand-in's levers, named as the tests speak."""

    name = "stripe"
    said = FakeGateway.said

    def __init__(self, server):
        self.server = server

    def pay(self, session_id, method="card", *, declined=False, later=""):
        how = {"later": later} if later else {}
        if declined:
            how["card"] = "4000000000000002"
        self.server.pay(session_id, method, **how)

    def settle(self, session_id, *, succeed=True):
        self.server.advance(60)

    def calls_for(self, what):
        import json
        import time

        from demo.stripe_server import signature

        for event in self.server.events:
            if event["type"] == self.said[what]:
                body = json.dumps(event).encode()
                signed = signature(body, self.server.webhook_secret, int(time.time()))
                yield body, {"Stripe-Signature": signed}

    def no_answer(self, *, after_the_act=False):
        mode = "drop_after" if after_the_act else "drop"
        self.server.fault(mode, count=3)


class InMemory:
    def __init__(self, gateway):
        self.gateway = gateway
        self.name, self.said = gateway.name, gateway.said
        self.pay, self.settle = gateway.pay, gateway.settle

    def calls_for(self, what):
        for event in self.gateway.events:
            if event.type == self.said[what]:
                yield self.gateway.delivery(event)

    def no_answer(self, *, after_the_act=False):
        self.gateway.fail_next(1, after_the_act=after_the_act)


@pytest.fixture(params=["stripe", "fake", "lantern"])
def provider(request):
    if request.param == "stripe":
        return OverHttp(request.getfixturevalue("stripe_server"))
    return InMemory(request.getfixturevalue(request.param))


@pytest.fixture
def gateway(provider):
    return gateways.named(provider.name)


def a_request(**changes):
    fields = {
        "key": "aixin-session-D1-1",
        "donation_code": "D1",
        "attempt": 1,
        "amount": Money(5_000),
        "title": "N7K2M9QX 孩子上学需要课桌",
        "email": "donor@example.org",
        "language": "zh-hans",
        "success_url": "https://aixin.example.org/give/N7K2M9QX/gift/D1/",
        "cancel_url": "https://aixin.example.org/give/N7K2M9QX/gift/D1/?back=1",
        "expires_at": (clock.now() + timedelta(minutes=31)).replace(microsecond=0),
    }
    return CheckoutRequest(**fields | changes)


def test_what_is_known_without_asking(gateway):
    known = gateways.known(gateway.name)

    assert re.fullmatch(r"[a-z][a-z0-9]{1,19}", known.name)
    assert known.name not in {"bank", "match"}, "the chart has accounts of these names"
    assert str(known.label)
    assert str(known.methods)
    assert 0 < known.smallest_minor < known.largest_minor
    assert timedelta(0) < known.shortest_page < known.longest_page
    assert known.repeatable_for > timedelta(0)
    assert known.meaning("a word of nobody's") is EventMeaning.NOTHING


def test_ids_fit_the_columns_and_tell_pages_from_payments(gateway, provider):
    session = gateway.create_checkout(a_request())
    provider.pay(session.id)
    intent = gateway.get_intent(gateway.get_session(session.id).intent_id)
    refund = gateway.refund(charge_id=intent.charge.id, amount=Money(2_000), key="r1")
    ((body, headers),) = provider.calls_for("refunded")
    event = gateway.parse_event(body, headers)

    for each in (session.id, intent.id, intent.charge.id, refund, event.id):
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,80}", each)
    assert gateway.is_session(session.id)
    assert not gateway.is_session(intent.id)


def test_forms_may_lead_to_the_page(gateway):
    address = urlsplit(gateway.create_checkout(a_request()).url)

    assert f"{address.scheme}://{address.netloc}" in gateways.payment_pages()


def test_a_new_page_is_open_and_carries_our_code(gateway):
    session = gateway.create_checkout(a_request())

    assert session.status is SessionStatus.OPEN
    assert session.url.startswith("http")
    assert (session.donation_code, session.attempt) == ("D1", 1)
    assert session.amount == Money(5_000)
    assert session.intent_id == ""
    assert gateway.get_session(session.id) == session


def test_one_key_makes_one_page(gateway):
    request = a_request()

    assert gateway.create_checkout(request).id == gateway.create_checkout(request).id


def test_another_attempt_makes_another_page(gateway):
    first = gateway.create_checkout(a_request())
    second = gateway.create_checkout(a_request(key="aixin-session-D1-2", attempt=2))

    assert first.id != second.id


def test_one_key_for_two_requests_is_no_answer(gateway):
    gateway.create_checkout(a_request())

    with pytest.raises(PaymentUnavailableError):
        gateway.create_checkout(a_request(amount=Money(6_000)))


def too_little(gateway):
    return {"amount": Money(gateway.smallest_minor - 1)}


def too_much(gateway):
    return {"amount": Money(gateway.largest_minor + 1)}


def too_short(gateway):
    return {"expires_at": (clock.now() + gateway.shortest_page - MINUTES).replace(microsecond=0)}


def too_long(gateway):
    return {"expires_at": (clock.now() + gateway.longest_page + MINUTES).replace(microsecond=0)}


@pytest.mark.parametrize("changes", [too_little, too_much, too_short, too_long])
def test_what_the_provider_does_not_take_is_refused(gateway, changes):
    with pytest.raises(PaymentRefusedError):
        gateway.create_checkout(a_request(**changes(gateway)))


@pytest.mark.parametrize("method", ["card", "alipay", "wechat_pay"])
def test_a_paid_page_leads_to_charge_method_and_fee(gateway, provider, method):
    session = gateway.create_checkout(a_request())

    provider.pay(session.id, method)

    session = gateway.get_session(session.id)
    assert session.status is SessionStatus.COMPLETE
    assert session.url == ""
    intent = gateway.get_intent(session.intent_id)
    assert intent.status is IntentStatus.SUCCEEDED
    assert (intent.donation_code, intent.attempt) == ("D1", 1)
    assert intent.charge.status is ChargeStatus.SUCCEEDED
    assert intent.charge.method == method
    assert intent.charge.amount == Money(5_000)
    assert intent.charge.fee_minor > 0
    assert intent.charge.refunded_minor == 0


def test_after_a_declined_card_the_page_stays_open(gateway, provider):
    session = gateway.create_checkout(a_request())

    provider.pay(session.id, declined=True)

    session = gateway.get_session(session.id)
    assert session.status is SessionStatus.OPEN
    intent = gateway.get_intent(session.intent_id)
    assert intent.status is IntentStatus.WAITING
    assert intent.failure
    provider.pay(session.id)
    assert gateway.get_session(session.id).status is SessionStatus.COMPLETE


@pytest.mark.parametrize(
    ("later", "expected"),
    [("succeed", IntentStatus.SUCCEEDED), ("fail", IntentStatus.WAITING)],
)
def test_delayed_money_is_processing_until_it_settles(gateway, provider, later, expected):
    session = gateway.create_checkout(a_request())
    provider.pay(session.id, later=later)

    session = gateway.get_session(session.id)
    assert session.status is SessionStatus.COMPLETE
    assert gateway.get_intent(session.intent_id).status is IntentStatus.PROCESSING
    provider.settle(session.id, succeed=later == "succeed")

    assert gateway.get_intent(session.intent_id).status is expected


def test_an_expired_page_is_closed_and_cannot_be_closed_again(gateway):
    session = gateway.create_checkout(a_request())

    assert gateway.expire_session(session.id).status is SessionStatus.EXPIRED
    with pytest.raises(PaymentRefusedError):
        gateway.expire_session(session.id)


def test_a_paid_page_cannot_be_closed(gateway, provider):
    session = gateway.create_checkout(a_request())
    provider.pay(session.id)

    with pytest.raises(PaymentRefusedError):
        gateway.expire_session(session.id)


def test_refunds_add_up_and_stop_at_the_whole(gateway, provider):
    session = gateway.create_checkout(a_request())
    provider.pay(session.id)
    intent = gateway.get_intent(gateway.get_session(session.id).intent_id)
    charge_id = intent.charge.id

    first = gateway.refund(charge_id=charge_id, amount=Money(2_000), key="r1")
    again = gateway.refund(charge_id=charge_id, amount=Money(2_000), key="r1")

    assert first == again
    assert gateway.get_intent(intent.id).charge.refunded_minor == 2_000
    with pytest.raises(PaymentRefusedError):
        gateway.refund(charge_id=charge_id, amount=Money(3_001), key="r2")
    gateway.refund(charge_id=charge_id, amount=Money(3_000), key="r3")
    assert gateway.get_intent(intent.id).charge.refunded_minor == 5_000


def test_unknown_ids_are_refused(gateway):
    with pytest.raises(PaymentRefusedError):
        gateway.get_session("cs_test_unknown")
    with pytest.raises(PaymentRefusedError):
        gateway.get_intent("pi_unknown")
    with pytest.raises(PaymentRefusedError):
        gateway.get_dispute("du_unknown")


def test_no_answer_is_told_apart_from_no(gateway, provider):
    provider.no_answer()

    with pytest.raises(PaymentUnavailableError):
        gateway.create_checkout(a_request())


def test_an_answer_lost_after_the_act_is_found_again_under_its_key(gateway, provider):
    request = a_request()
    provider.no_answer(after_the_act=True)
    with pytest.raises(PaymentUnavailableError):
        gateway.create_checkout(request)

    session = gateway.create_checkout(request)

    assert session.status is SessionStatus.OPEN


def test_a_signed_event_says_where_to_look(gateway, provider):
    session = gateway.create_checkout(a_request())
    provider.pay(session.id)

    ((body, headers),) = provider.calls_for("completed")
    event = gateway.parse_event(body, headers)

    assert event.type == provider.said["completed"]
    assert gateway.meaning(event.type) is EventMeaning.PAYMENT
    assert event.object_id == session.id
    assert event.livemode is gateway.livemode is False


def test_a_refund_event_leads_to_the_payment(gateway, provider):
    session = gateway.create_checkout(a_request())
    provider.pay(session.id)
    intent = gateway.get_intent(gateway.get_session(session.id).intent_id)
    gateway.refund(charge_id=intent.charge.id, amount=Money(2_000), key="r1")

    ((body, headers),) = provider.calls_for("refunded")

    event = gateway.parse_event(body, headers)
    assert gateway.meaning(event.type) is EventMeaning.PAYMENT
    assert event.object_id == intent.id


def test_every_event_of_a_payment_or_dispute_is_told_apart(gateway, provider):
    meanings = {what: gateway.meaning(word) for what, word in provider.said.items()}

    assert {what for what, meant in meanings.items() if meant is EventMeaning.DISPUTE} == {
        "disputed",
        "dispute ended",
    }
    assert EventMeaning.NOTHING not in meanings.values()


def test_names_of_headers_are_found_in_any_case(gateway, provider):
    session = gateway.create_checkout(a_request())
    provider.pay(session.id)
    ((body, headers),) = provider.calls_for("completed")

    as_django = HttpHeaders(
        {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    )
    assert gateway.parse_event(body, as_django).object_id == session.id


def test_a_changed_body_or_signature_is_refused(gateway, provider):
    session = gateway.create_checkout(a_request())
    provider.pay(session.id)
    ((body, headers),) = provider.calls_for("completed")
    ((header, signed),) = headers.items()

    for wrong_body, wrong_signature in [
        (body + b" ", signed),
        (body, signed[:-1] + ("0" if signed[-1] != "0" else "1")),
        (body, ""),
        (body, "t=1,v1=00"),
        (b"not json", signed),
    ]:
        with pytest.raises(BadSignatureError):
            gateway.parse_event(wrong_body, {header: wrong_signature})
    with pytest.raises(BadSignatureError):
        gateway.parse_event(body, {})
