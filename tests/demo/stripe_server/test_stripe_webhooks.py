"""Webhooks as the endpoint gets them: signed, retried, doubled, late, out of order."""

import hashlib
import hmac
import json
import time

import pytest
import stripe

from demo.stripe_server import signature

PAID = [
    "payment_intent.created",
    "charge.succeeded",
    "payment_intent.succeeded",
    "checkout.session.completed",
]


@pytest.fixture
def pay(client, stripe_server, session_params):
    def one(**how):
        session = client.v1.checkout.sessions.create(session_params())
        return stripe_server.pay(session.id, **how)

    return one


def test_events_arrive_in_order_and_pass_the_sdks_own_check(client, stripe_server, receiver, pay):
    session = pay()
    stripe_server.wait_for_deliveries()

    assert receiver.types == PAID
    assert receiver.refused == 0
    event = receiver.events[-1]
    assert event.id.startswith("evt_")
    assert (event.api_version, event.livemode) == ("2026-10-28.endive", False)
    assert event.data.object.id == session["id"]
    assert event.data.object.payment_status == "paid"
    assert receiver.headers[-1]["Content-Type"] == "application/json; charset=utf-8"
    assert client.v1.events.retrieve(event.id).pending_webhooks == 0


def test_an_event_shows_the_object_as_it_was(client, stripe_server, receiver):
    intent = client.v1.payment_intents.create({"amount": 5000, "currency": "cny"})
    client.v1.payment_intents.cancel(intent.id)
    stripe_server.wait_for_deliveries()

    assert [event.data.object.status for event in receiver.events] == [
        "requires_payment_method",
        "canceled",
    ]


def test_an_event_names_the_request_that_caused_it(client, stripe_server, pay):
    intent = client.v1.payment_intents.create(
        {"amount": 5000, "currency": "cny"}, {"idempotency_key": "k-1"}
    )
    pay()

    by_api, by_page = stripe_server.events[0], stripe_server.events[-1]
    assert by_api["request"] == {
        "id": intent.last_response.request_id,
        "idempotency_key": "k-1",
    }
    assert by_page["request"] == {"id": None, "idempotency_key": None}


def test_previous_attributes_say_what_changed(client, stripe_server, receiver):
    intent = client.v1.payment_intents.create(
        {"amount": 5000, "currency": "cny", "confirm": True, "payment_method": "pm_card_visa"}
    )
    client.v1.refunds.create({"charge": intent.latest_charge, "amount": 1000})
    stripe_server.wait_for_deliveries()

    event = receiver.events[-1]
    assert event.type == "charge.refunded"
    assert event.data.previous_attributes.to_dict() == {"amount_refunded": 0, "refunded": False}
    assert event.data.object.amount_refunded == 1000


def test_an_endpoint_that_fails_is_tried_again_until_it_answers(stripe_server, receiver, pay):
    receiver.answers = [500, 302]

    pay()
    stripe_server.wait_for_deliveries()

    assert sorted(receiver.types) == sorted(PAID)
    assert sorted(item["attempt"] for item in stripe_server.deliveries) == [1, 1, 1, 1, 2, 2]
    assert all(event["pending_webhooks"] == 0 for event in stripe_server.events)


def test_an_endpoint_that_never_answers_is_given_up(client, stripe_server, receiver):
    receiver.answers = [503] * 9

    client.v1.payment_intents.create({"amount": 5000, "currency": "cny"})
    stripe_server.wait_for_deliveries()

    assert receiver.events == []
    assert [item["status"] for item in stripe_server.deliveries] == [503] * 4
    undelivered = client.v1.events.list({"delivery_success": False})
    assert [event.type for event in undelivered.data] == ["payment_intent.created"]


def test_nobody_listening_is_an_attempt_without_answer(client, stripe_server):
    stripe_server.set_webhook("http://127.0.0.1:1/")

    client.v1.payment_intents.create({"amount": 5000, "currency": "cny"})
    stripe_server.wait_for_deliveries()

    assert [item["status"] for item in stripe_server.deliveries] == [0] * 4
    assert "ConnectionRefusedError" in stripe_server.deliveries[0]["problem"]


def test_duplicates_are_the_same_event_twice(stripe_server, receiver, pay):
    stripe_server.webhooks("duplicate")

    pay()
    stripe_server.wait_for_deliveries()

    assert sorted(receiver.types) == sorted(PAID * 2)
    assert len({event.id for event in receiver.events}) == 4


def test_shuffled_events_all_arrive_in_another_order(stripe_server, receiver, pay):
    stripe_server.webhooks("shuffle", seed=3)

    for _ in range(4):
        pay()
    stripe_server.wait_for_deliveries()

    sent = [event["id"] for event in stripe_server.events]
    got = [event.id for event in receiver.events]
    assert sorted(got) == sorted(sent)
    assert got != sent


def test_late_events_come_after_their_delay(stripe_server, receiver, pay):
    stripe_server.webhooks("normal", delay=0.4)
    begun = time.time()

    pay()
    stripe_server.wait_for_deliveries()

    assert min(item["at"] for item in stripe_server.deliveries) >= begun + 0.4
    assert receiver.types == PAID


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({}, PAID),
        ({"order": "reverse"}, PAID[::-1]),
        ({"order": "reverse", "copies": 2}, (PAID * 2)[::-1]),
    ],
)
def test_held_events_go_when_told_to(stripe_server, receiver, pay, how, expected):
    stripe_server.webhooks("hold")
    pay()
    stripe_server.wait_for_deliveries()
    held = list(receiver.events)

    sent = stripe_server.deliver_held(**how)
    stripe_server.wait_for_deliveries()

    assert held == []
    assert len(sent) == len(expected)
    assert receiver.types == expected


def test_an_event_can_be_sent_again_by_control_route(stripe_server, receiver, pay, control):
    pay()
    stripe_server.wait_for_deliveries()

    control(f"events/{stripe_server.events[-1]['id']}/resend", copies=3)
    stripe_server.wait_for_deliveries()

    assert receiver.types == PAID + [PAID[-1]] * 3


@pytest.mark.parametrize("how", [{"secret": "whsec_wrong"}, {"age": 301}])
def test_a_wrong_or_old_signature_fails_the_sdks_check(client, stripe_server, receiver, how):
    client.v1.payment_intents.create({"amount": 5000, "currency": "cny"})
    stripe_server.wait_for_deliveries()

    stripe_server.deliver_again(stripe_server.events[0]["id"], **how)
    stripe_server.wait_for_deliveries()

    assert len(receiver.events) == 1
    assert receiver.refused == 1


def test_the_signature_is_an_hmac_of_stamp_and_payload():
    payload, stamp = json.dumps({"object": "event", "名": "爱"}).encode(), int(time.time())

    header = signature(payload, "whsec_x", stamp)

    digest = hmac.new(b"whsec_x", b"%d." % stamp + payload, hashlib.sha256).hexdigest()
    assert header == f"t={stamp},v1={digest}"
    assert stripe.WebhookSignature.verify_header(payload.decode(), header, "whsec_x", 300)


def test_events_are_listed_by_type_and_pattern(client, stripe_server, pay):
    pay()

    every = client.v1.events.list()
    by_type = client.v1.events.list({"type": "charge.*"})
    by_types = client.v1.events.list({"types": ["payment_intent.created", "charge.succeeded"]})
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.events.list({"type": "charge.*", "types": ["charge.failed"]})

    assert [event.type for event in every.data] == PAID[::-1]
    assert [event.type for event in by_type.data] == ["charge.succeeded"]
    assert [event.type for event in by_types.data] == ["charge.succeeded", "payment_intent.created"]
