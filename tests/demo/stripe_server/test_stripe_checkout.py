"""Checkout Sessions: made, read, listed, paid, expired."""

import time

import pytest
import stripe

from tests.waiting import wait_until

PAID_EVENTS = [
    "payment_intent.created",
    "charge.succeeded",
    "payment_intent.succeeded",
    "checkout.session.completed",
]


def test_a_new_session_is_open_unpaid_and_has_no_payment_intent(
    client, stripe_server, session_params
):
    before = int(time.time())

    session = client.v1.checkout.sessions.create(
        session_params(client_reference_id="D-1", customer_email="a@example.org", locale="zh")
    )

    assert session.id.startswith("cs_test_")
    assert session.object == "checkout.session"
    assert session.url == f"{stripe_server.base_url}/pay/{session.id}"
    assert (session.status, session.payment_status) == ("open", "unpaid")
    assert (session.amount_total, session.currency) == (10_000, "cny")
    assert session.payment_intent is None
    assert session.payment_method_types == ["card", "alipay", "wechat_pay"]
    assert session.metadata.to_dict() == {"donation": "D-1"}
    assert (session.client_reference_id, session.customer_email) == ("D-1", "a@example.org")
    assert before + 86_400 <= session.expires_at <= before + 86_402
    assert session.livemode is False
    assert stripe_server.events == []


def test_line_items_add_up_and_are_listed(client, session_params):
    price = {"currency": "cny", "product_data": {"name": "煤", "description": "取暖"}}
    items = [
        {"quantity": 2, "price_data": price | {"unit_amount": 1500}},
        {"quantity": 1, "price_data": price | {"unit_amount": 99}},
    ]

    session = client.v1.checkout.sessions.create(
        session_params(line_items=items, expand=["line_items"])
    )

    assert session.amount_total == 3099
    assert [item.amount_total for item in session.line_items.data] == [3000, 99]
    listed = client.v1.checkout.sessions.line_items.list(session.id, {"limit": 1})
    assert [item.quantity for item in listed.data] == [2]
    assert listed.has_more is True


def test_a_paid_session_leads_to_charge_fee_and_net(client, stripe_server, session_params):
    session = client.v1.checkout.sessions.create(session_params())

    stripe_server.pay(session.id, email="b@example.org")

    path = "payment_intent.latest_charge.balance_transaction"
    paid = client.v1.checkout.sessions.retrieve(session.id, {"expand": [path]})
    intent = paid.payment_intent
    charge = intent.latest_charge
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    assert paid.customer_details.email == "b@example.org"
    assert (intent.status, intent.amount_received) == ("succeeded", 10_000)
    assert intent.metadata.to_dict() == {"donation": "D-1"}
    assert intent.description == "捐赠 D-1"
    assert (charge.status, charge.paid, charge.captured) == ("succeeded", True, True)
    assert charge.payment_method_details.card.last4 == "4242"
    booked = charge.balance_transaction
    assert (booked.amount, booked.fee, booked.net, booked.type) == (10_000, 320, 9680, "charge")
    assert [detail.amount for detail in booked.fee_details] == [320]
    assert stripe_server.event_types == PAID_EVENTS


@pytest.mark.parametrize("method", ["alipay", "wechat_pay"])
def test_wallets_ask_the_payer_first_and_cost_less(client, stripe_server, session_params, method):
    session = client.v1.checkout.sessions.create(session_params())

    stripe_server.pay(session.id, method)

    charges = client.v1.charges.list({"expand": ["data.balance_transaction"]})
    charge = charges.data[0]
    assert charge.id.startswith("py_")
    assert charge.payment_method_details.type == method
    assert (charge.balance_transaction.fee, charge.balance_transaction.type) == (255, "payment")
    assert stripe_server.event_types == [
        "payment_intent.created",
        "payment_intent.requires_action",
        *PAID_EVENTS[1:],
    ]


def test_a_refused_wallet_leaves_the_session_open_for_another_try(
    client, stripe_server, session_params
):
    session = client.v1.checkout.sessions.create(session_params())

    left = stripe_server.pay(session.id, "alipay", authorize=False)
    paid = stripe_server.pay(session.id, "card")

    assert (left["status"], left["payment_status"]) == ("open", "unpaid")
    assert (paid["status"], paid["payment_status"]) == ("complete", "paid")
    assert left["payment_intent"] == paid["payment_intent"]
    assert stripe_server.event_types.count("payment_intent.payment_failed") == 1
    assert stripe_server.event_types.count("checkout.session.completed") == 1


def test_a_declined_card_leaves_a_failed_charge_and_an_open_session(
    client, stripe_server, session_params
):
    session = client.v1.checkout.sessions.create(session_params())

    stripe_server.pay(session.id, card="4000 0000 0000 9995")

    found = client.v1.checkout.sessions.retrieve(
        session.id, {"expand": ["payment_intent.latest_charge"]}
    )
    assert (found.status, found.payment_status) == ("open", "unpaid")
    assert found.payment_intent.status == "requires_payment_method"
    assert found.payment_intent.last_payment_error.decline_code == "insufficient_funds"
    assert found.payment_intent.latest_charge.status == "failed"
    assert found.payment_intent.latest_charge.balance_transaction is None


@pytest.mark.parametrize(
    ("later", "end"),
    [
        ("succeed", ("paid", "checkout.session.async_payment_succeeded")),
        ("fail", ("unpaid", "checkout.session.async_payment_failed")),
    ],
)
def test_delayed_money_is_unpaid_until_it_arrives_or_fails(
    client, stripe_server, session_params, later, end
):
    session = client.v1.checkout.sessions.create(session_params())

    waiting = stripe_server.pay(session.id, later=later)
    types = stripe_server.event_types
    stripe_server.advance(3601)

    assert (waiting["status"], waiting["payment_status"]) == ("complete", "unpaid")
    assert types[1:] == [
        "charge.pending",
        "payment_intent.processing",
        "checkout.session.completed",
    ]
    found = client.v1.checkout.sessions.retrieve(session.id)
    assert found.status == "complete"
    assert (found.payment_status, stripe_server.event_types[-1]) == end


def test_a_session_expires_by_the_clock_once_and_cancels_its_payment(
    client, stripe_server, session_params
):
    session = client.v1.checkout.sessions.create(session_params(expires_at=int(time.time()) + 1860))
    stripe_server.pay(session.id, card="4000000000000002")

    stripe_server.advance(1861)
    stripe_server.advance(1861)

    found = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    assert (found.status, found.url) == ("expired", None)
    assert (found.payment_intent.status, found.payment_intent.cancellation_reason) == (
        "canceled",
        "expired",
    )
    assert stripe_server.event_types[-2:] == ["payment_intent.canceled", "checkout.session.expired"]
    assert stripe_server.event_types.count("checkout.session.expired") == 1


def test_the_background_sweep_expires_without_anybody_asking(client, stripe_server, session_params):
    client.v1.checkout.sessions.create(session_params())
    stripe_server._stand_in.store.clock_offset += 86_401

    wait_until(lambda: stripe_server.events, "the sweep")

    assert stripe_server.event_types == ["checkout.session.expired"]


def test_expiring_twice_is_refused_in_stripes_words(client, stripe_server, session_params):
    session = client.v1.checkout.sessions.create(session_params())

    assert client.v1.checkout.sessions.expire(session.id).status == "expired"
    with pytest.raises(stripe.InvalidRequestError, match="has a status of `expired`"):
        client.v1.checkout.sessions.expire(session.id)

    assert stripe_server.event_types == ["checkout.session.expired"]


def test_a_paid_session_cannot_be_expired(client, stripe_server, session_params):
    session = client.v1.checkout.sessions.create(session_params())
    stripe_server.pay(session.id)

    with pytest.raises(stripe.InvalidRequestError, match="has a status of `complete`"):
        client.v1.checkout.sessions.expire(session.id)


def test_the_intent_of_a_session_can_be_labelled_but_not_cancelled_or_confirmed(
    client, stripe_server, session_params
):
    session = client.v1.checkout.sessions.create(session_params())
    intent_id = stripe_server.pay(session.id, card="4000000000000002")["payment_intent"]

    for act in (client.v1.payment_intents.cancel, client.v1.payment_intents.confirm):
        with pytest.raises(stripe.InvalidRequestError, match="created by Checkout"):
            act(intent_id)
    labelled = client.v1.payment_intents.update(intent_id, {"metadata": {"note": "x"}})

    assert labelled.metadata.to_dict() == {"donation": "D-1", "note": "x"}


def test_lists_are_newest_first_filtered_and_paged(client, stripe_server, session_params):
    ids = [client.v1.checkout.sessions.create(session_params()).id for _ in range(5)]
    stripe_server.pay(ids[1])

    first = client.v1.checkout.sessions.list({"limit": 2})
    second = client.v1.checkout.sessions.list({"limit": 2, "starting_after": first.data[-1].id})
    back = client.v1.checkout.sessions.list({"limit": 2, "ending_before": ids[0]})
    complete = client.v1.checkout.sessions.list({"status": "complete"})
    everything = list(client.v1.checkout.sessions.list({"limit": 2}).auto_paging_iter())
    future = client.v1.checkout.sessions.list({"created": {"gt": int(time.time()) + 60}})

    assert [item.id for item in first.data] == [ids[4], ids[3]]
    assert [item.id for item in second.data] == [ids[2], ids[1]]
    assert (first.has_more, second.has_more) == (True, True)
    assert [item.id for item in back.data] == [ids[2], ids[1]]
    assert [item.id for item in complete.data] == [ids[1]]
    assert [item.id for item in everything] == ids[::-1]
    assert future.data == []


@pytest.mark.parametrize(
    ("changes", "offered"),
    [
        ({"allowed_payment_method_types": ["alipay", "sepa_debit"]}, ["alipay"]),
        ({"excluded_payment_method_types": ["card"]}, ["alipay", "wechat_pay"]),
    ],
)
def test_the_ways_to_pay_are_filtered_not_listed(client, session_params, changes, offered):
    session = client.v1.checkout.sessions.create(session_params(**changes))

    assert session.payment_method_types == offered
