"""One idempotency key, one piece of work."""

import threading
from collections import Counter

import pytest
import stripe

from tests.waiting import PATIENCE, wait_until

INTENT = {"amount": 5000, "currency": "cny"}
KEY = {"idempotency_key": "gift-1"}


def test_the_same_request_twice_is_answered_once_more(client, stripe_server, session_params):
    first = client.v1.checkout.sessions.create(session_params(), KEY)
    second = client.v1.checkout.sessions.create(session_params(), KEY)

    assert second.id == first.id
    assert "Idempotent-Replayed" not in first.last_response.headers
    assert second.last_response.headers["Idempotent-Replayed"] == "true"
    assert second.last_response.headers["Original-Request"] == first.last_response.request_id
    assert second.to_dict() == first.to_dict()
    assert len(stripe_server.objects("checkout.session")) == 1
    assert [(r.idempotency_key, r.replayed) for r in stripe_server.requests] == [
        ("gift-1", False),
        ("gift-1", True),
    ]


def test_a_replay_shows_the_first_answer_even_after_a_change(client, stripe_server):
    intent = client.v1.payment_intents.create(INTENT, KEY)
    client.v1.payment_intents.cancel(intent.id)

    assert client.v1.payment_intents.create(INTENT, KEY).status == "requires_payment_method"


def test_changed_parameters_under_one_key_are_refused(client, stripe_server):
    client.v1.payment_intents.create(INTENT, KEY)

    with pytest.raises(stripe.IdempotencyError) as refused:
        client.v1.payment_intents.create(INTENT | {"amount": 5001}, KEY)

    assert refused.value.http_status == 400
    assert refused.value.error.type == "idempotency_error"
    assert "same parameters" in str(refused.value)
    assert len(stripe_server.objects("payment_intent")) == 1


def test_a_key_belongs_to_one_address(client):
    intent = client.v1.payment_intents.create(INTENT, KEY)

    with pytest.raises(stripe.IdempotencyError, match="same endpoint"):
        client.v1.payment_intents.cancel(intent.id, {}, KEY)


def test_a_declined_card_is_replayed_not_charged_again(client, stripe_server):
    params = INTENT | {"confirm": True, "payment_method": "pm_card_visa_chargeDeclined"}

    for _ in range(2):
        with pytest.raises(stripe.CardError) as declined:
            client.v1.payment_intents.create(params, KEY)

    assert declined.value.headers["Idempotent-Replayed"] == "true"
    assert len(stripe_server.objects("charge")) == 1


def test_refused_parameters_are_not_kept(client):
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.payment_intents.create({"currency": "cny"}, KEY)

    assert client.v1.payment_intents.create(INTENT, KEY).status == "requires_payment_method"


def test_a_key_is_forgotten_after_a_day(client, stripe_server):
    first = client.v1.payment_intents.create(INTENT, KEY)
    stripe_server.advance(24 * 60 * 60 + 1)

    assert client.v1.payment_intents.create(INTENT, KEY).id != first.id


def test_a_key_of_256_characters_is_refused(client):
    with pytest.raises(stripe.IdempotencyError, match="maximum 255"):
        client.v1.payment_intents.create(INTENT, {"idempotency_key": "k" * 256})


def test_a_key_at_work_elsewhere_is_a_conflict(client, stripe_server):
    stripe_server.fault("slow", seconds=PATIENCE)
    slow = threading.Thread(target=client.v1.payment_intents.create, args=(INTENT, KEY))
    slow.start()
    wait_until(lambda: stripe_server._stand_in.api.keys._at_work, "the key is at work")

    with pytest.raises(stripe.APIError) as conflict:
        client.v1.payment_intents.create(INTENT, KEY)
    stripe_server.call_off_faults()
    slow.join()

    assert conflict.value.http_status == 409
    assert conflict.value.error.code == "idempotency_key_in_use"
    assert len(stripe_server.objects("payment_intent")) == 1


def test_thirty_two_threads_with_one_key_make_one_object(stripe_server, session_params):
    """Each is given the one session, or told that the key is at work; then the retry gets it."""
    client = stripe.StripeClient(
        "sk_test_x", base_addresses={"api": stripe_server.base_url}, max_network_retries=0
    )
    params = session_params()
    outcomes, barrier = Counter(), threading.Barrier(32)

    def create():
        barrier.wait(PATIENCE)
        try:
            outcomes[client.v1.checkout.sessions.create(params, KEY).id] += 1
        except stripe.APIError as conflict:
            outcomes[conflict.http_status] += 1

    threads = [threading.Thread(target=create) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    sessions = stripe_server.objects("checkout.session")
    assert len(sessions) == 1
    assert sum(outcomes.values()) == 32
    assert set(outcomes) <= {sessions[0]["id"], 409}
    assert client.v1.checkout.sessions.create(params, KEY).id == sessions[0]["id"]
