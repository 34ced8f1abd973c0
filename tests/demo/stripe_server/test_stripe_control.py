"""Faults on demand, the clock, reset, and state that outlives a restart."""

import json

import pytest
import requests
import stripe

from demo.stripe_server import StripeServer
from tests.waiting import PATIENCE

INTENT = {"amount": 5000, "currency": "cny"}
KEY = {"idempotency_key": "gift-1"}


@pytest.mark.parametrize("mode", ["timeout", "drop_after"])
def test_work_done_without_an_answer_is_found_again_by_the_key(client, stripe_server, mode):
    stripe_server.fault(mode, seconds=0.2)

    with pytest.raises(stripe.APIConnectionError):
        client.v1.payment_intents.create(INTENT, KEY)
    intent = client.v1.payment_intents.create(INTENT, KEY)

    assert [item["id"] for item in stripe_server.objects("payment_intent")] == [intent.id]


def test_a_dropped_request_did_nothing(client, stripe_server):
    stripe_server.fault("drop")

    with pytest.raises(stripe.APIConnectionError):
        client.v1.payment_intents.create(INTENT, KEY)

    assert stripe_server.objects("payment_intent") == []
    assert [item.status for item in stripe_server.requests] == [0]


@pytest.mark.parametrize(
    ("mode", "code"), [("429", "rate_limit"), ("lock_timeout", "lock_timeout")]
)
def test_a_rate_limit_is_not_kept_under_the_key(client, stripe_server, mode, code):
    stripe_server.fault(mode)

    with pytest.raises(stripe.RateLimitError) as limited:
        client.v1.payment_intents.create(INTENT, KEY)

    assert limited.value.error.code == code
    assert client.v1.payment_intents.create(INTENT, KEY).id.startswith("pi_")


def test_a_500_is_kept_under_the_key(client, stripe_server):
    stripe_server.fault("500")

    for _ in range(2):
        with pytest.raises(stripe.APIError) as failed:
            client.v1.payment_intents.create(INTENT, KEY)

    assert failed.value.http_status == 500
    assert failed.value.headers["Idempotent-Replayed"] == "true"
    assert client.v1.payment_intents.create(INTENT).id.startswith("pi_")


def test_a_fault_meets_its_own_path_and_method_only_and_wears_off(client, stripe_server, control):
    control("fault", mode="429", path="/v1/payment_intents", method="POST", count=2)

    client.v1.payment_intents.list()
    client.v1.charges.list()
    for _ in range(2):
        with pytest.raises(stripe.RateLimitError):
            client.v1.payment_intents.create(INTENT)

    assert client.v1.payment_intents.create(INTENT).status == "requires_payment_method"


def test_faults_can_be_called_off(client, control):
    control("fault", mode="500", count=100)
    control("fault", mode="none")

    assert client.v1.charges.list().data == []


def test_the_sdks_own_retry_gets_over_a_lost_answer(stripe_server):
    client = stripe.StripeClient(
        "sk_test_x", base_addresses={"api": stripe_server.base_url}, max_network_retries=2
    )
    stripe_server.fault("drop_after")

    intent = client.v1.payment_intents.create(INTENT)

    assert [item["id"] for item in stripe_server.objects("payment_intent")] == [intent.id]
    assert [item.replayed for item in stripe_server.requests] == [False, True]


def test_the_state_is_shown_and_reset(client, stripe_server, session_params, control):
    session = client.v1.checkout.sessions.create(session_params())
    control("webhooks", mode="hold")
    control(f"sessions/{session.id}/pay", method="alipay")

    shown = requests.get(f"{stripe_server.base_url}/_test/state", timeout=PATIENCE).json()
    control("reset")
    after = requests.get(f"{stripe_server.base_url}/_test/state", timeout=PATIENCE).json()

    assert shown["counts"]["checkout.session"] == 1
    assert shown["sessions"][0]["payment_status"] == "paid"
    assert (shown["webhooks"]["mode"], len(shown["webhooks"]["held"])) == ("hold", 5)
    assert (after["counts"], after["webhooks"]["mode"]) == ({}, "normal")


def test_the_clock_moves_by_control_route(client, stripe_server, session_params, control):
    session = client.v1.checkout.sessions.create(session_params())

    control("clock", advance=86_401)

    assert client.v1.checkout.sessions.retrieve(session.id).status == "expired"


def test_delays_are_set_by_control_route(stripe_server, control):
    assert control("settings", settlement_delay=0.5)["settlement_delay"] == 0.5


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "nothing", None, 404),
        ("POST", "state", {}, 404),
        ("POST", "webhooks", {"mode": "sideways"}, 400),
        ("POST", "fault", {"mode": "earthquake"}, 400),
        ("POST", "settings", {"webhook_url": 1}, 400),
        ("POST", "events/evt_0/resend", {}, 400),
        ("POST", "sessions/cs_test_0/pay", {}, 400),
        ("POST", "refunds/re_0/fail", {}, 400),
    ],
)
def test_wrong_orders_are_refused(stripe_server, method, path, body, status):
    url = f"{stripe_server.base_url}/_test/{path}"

    assert requests.request(method, url, json=body, timeout=PATIENCE).status_code == status


def make_client(server):
    return stripe.StripeClient("sk_test_x", base_addresses={"api": server.base_url})


def test_a_restart_keeps_sessions_keys_and_what_is_due(tmp_path, session_params):
    journal = tmp_path / "stripe.jsonl"
    with StripeServer(state=journal, settlement_delay=3600) as server:
        client = make_client(server)
        is_open = client.v1.checkout.sessions.create(session_params(), KEY)
        waiting = client.v1.checkout.sessions.create(session_params())
        server.pay(waiting.id, later="succeed")

    with StripeServer(state=journal) as server:
        client = make_client(server)
        again = client.v1.checkout.sessions.create(session_params(), KEY)
        server.advance(3601)
        moved = client.v1.checkout.sessions.retrieve(is_open.id)
        settled = client.v1.checkout.sessions.retrieve(waiting.id)
        paid = server.pay(is_open.id)

    assert again.id == is_open.id
    assert moved.url == f"{server.base_url}/pay/{is_open.id}"
    assert settled.payment_status == "paid"
    assert paid["payment_status"] == "paid"


def test_a_torn_last_line_of_the_journal_never_happened(tmp_path, session_params):
    journal = tmp_path / "stripe.jsonl"
    with StripeServer(state=journal) as server:
        kept = make_client(server).v1.checkout.sessions.create(session_params())
    with journal.open("a", encoding="utf-8") as file:
        file.write('[["checkout.session", "cs_test_torn", {"id"')

    with StripeServer(state=journal) as server:
        listed = make_client(server).v1.checkout.sessions.list()

    assert [session.id for session in listed.data] == [kept.id]
    lines = journal.read_text(encoding="utf-8").splitlines()
    assert "cs_test_torn" not in json.dumps([json.loads(line) for line in lines])


def test_undelivered_events_are_sent_after_a_restart(tmp_path, receiver):
    journal = tmp_path / "stripe.jsonl"
    options = {"webhook_url": receiver.url, "webhook_secret": "whsec_of_the_tests"}
    with StripeServer(state=journal, **options) as server:
        server.webhooks("hold")
        make_client(server).v1.payment_intents.create(INTENT)

    with StripeServer(state=journal, **options) as server:
        server.wait_for_deliveries()

    assert receiver.types == ["payment_intent.created"]
