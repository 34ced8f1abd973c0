"""Refunds: whole, in parts, and never more than was paid."""

import threading

import pytest
import stripe


@pytest.fixture
def paid(client):
    return client.v1.payment_intents.create(
        {"amount": 5000, "currency": "cny", "confirm": True, "payment_method": "pm_card_visa"}
    )


def test_a_refund_takes_the_whole_rest_by_default(client, stripe_server, paid):
    client.v1.refunds.create({"payment_intent": paid.id, "amount": 1500})

    refund = client.v1.refunds.create({
        "charge": paid.latest_charge, "reason": "requested_by_customer", "metadata": {"r": "R-1"},
        "expand": ["charge", "balance_transaction"],
    })  # fmt: skip

    assert (refund.amount, refund.status, refund.reason) == (
        3500,
        "succeeded",
        "requested_by_customer",
    )
    assert refund.metadata.to_dict() == {"r": "R-1"}
    assert (refund.charge.amount_refunded, refund.charge.refunded) == (5000, True)
    assert (refund.balance_transaction.amount, refund.balance_transaction.fee) == (-3500, 0)
    assert stripe_server.event_types[3:] == ["refund.created", "charge.refunded"] * 2


def test_a_partly_refunded_charge_is_not_yet_refunded(client, paid):
    client.v1.refunds.create({"charge": paid.latest_charge, "amount": 1})

    charge = client.v1.charges.retrieve(paid.latest_charge, {"expand": ["refunds"]})

    assert (charge.amount_refunded, charge.refunded) == (1, False)
    assert [refund.amount for refund in charge.refunds.data] == [1]


def test_more_than_was_paid_is_refused_without_a_code(client, stripe_server, paid):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.refunds.create({"charge": paid.latest_charge, "amount": 5001})

    assert (refused.value.code, refused.value.param) == (None, "amount")
    assert "Refund amount (¥50.01) is greater than charge amount (¥50.00)" in str(refused.value)
    assert stripe_server.objects("refund") == []


def test_more_than_is_left_is_refused(client, stripe_server, paid):
    client.v1.refunds.create({"charge": paid.latest_charge, "amount": 4000})

    with pytest.raises(stripe.InvalidRequestError, match="unrefunded amount on charge") as refused:
        client.v1.refunds.create({"charge": paid.latest_charge, "amount": 1001})

    assert refused.value.param == "amount"
    assert len(stripe_server.objects("refund")) == 1


def test_a_charge_without_rest_is_already_refunded(client, paid):
    client.v1.refunds.create({"charge": paid.latest_charge})

    for params in ({}, {"amount": 1}):
        with pytest.raises(stripe.InvalidRequestError) as refused:
            client.v1.refunds.create({"payment_intent": paid.id, **params})
        assert refused.value.code == "charge_already_refunded"


def test_sixteen_at_once_refund_no_more_than_was_paid(client, stripe_server, paid):
    results = []

    def refund():
        try:
            client.v1.refunds.create({"charge": paid.latest_charge, "amount": 1000})
            results.append("done")
        except stripe.InvalidRequestError:
            results.append("refused")

    threads = [threading.Thread(target=refund) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == ["done"] * 5 + ["refused"] * 11
    assert stripe_server.objects("charge")[0]["amount_refunded"] == 5000


def test_a_failed_payment_has_nothing_to_refund(client):
    with pytest.raises(stripe.CardError) as declined:
        client.v1.payment_intents.create({
            "amount": 5000, "currency": "cny", "confirm": True,
            "payment_method": "pm_card_visa_chargeDeclined",
        })  # fmt: skip

    for params in (
        {"charge": declined.value.error.charge},
        {"payment_intent": declined.value.error.payment_intent.id},
    ):
        with pytest.raises(stripe.InvalidRequestError, match="not have a successful charge"):
            client.v1.refunds.create(params)


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({}, ("parameter_missing", "charge")),
        ({"amount": 0}, ("parameter_invalid_integer", "amount")),
        ({"amount": -5}, ("parameter_invalid_integer", "amount")),
        ({"reason": "whim"}, (None, "reason")),
        ({"why": "x"}, ("parameter_unknown", "why")),
    ],
)
def test_a_refund_with_wrong_parameters_is_refused(client, stripe_server, paid, params, refusal):
    target = {"charge": paid.latest_charge} if params else {}

    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.refunds.create({**target, **params})

    assert (refused.value.code, refused.value.param) == refusal
    assert stripe_server.objects("refund") == []


def test_a_charge_of_another_intent_is_refused(client, paid):
    other = client.v1.payment_intents.create({"amount": 5000, "currency": "cny"})

    with pytest.raises(stripe.InvalidRequestError, match="does not belong"):
        client.v1.refunds.create({"charge": paid.latest_charge, "payment_intent": other.id})


def test_wallet_refunds_have_ids_and_types_of_their_own(client, stripe_server, session_params):
    session = client.v1.checkout.sessions.create(session_params())
    intent_id = stripe_server.pay(session.id, "wechat_pay")["payment_intent"]

    refund = client.v1.refunds.create(
        {"payment_intent": intent_id, "expand": ["balance_transaction"]}
    )

    assert refund.id.startswith("pyr_")
    assert refund.balance_transaction.type == "payment_refund"


def test_a_slow_refund_is_pending_and_then_updated(client, stripe_server, paid):
    stripe_server.settings.refund_delay = 60

    refund = client.v1.refunds.create({"charge": paid.latest_charge})
    stripe_server.advance(61)

    assert refund.status == "pending"
    assert client.v1.refunds.retrieve(refund.id).status == "succeeded"
    assert stripe_server.event_types[-1] == "refund.updated"


def test_a_refund_that_fails_gives_the_money_back_to_be_refunded_again(
    client, stripe_server, paid, control
):
    refund = client.v1.refunds.create({"charge": paid.latest_charge})

    control(f"refunds/{refund.id}/fail")

    found = client.v1.refunds.retrieve(refund.id)
    charge = client.v1.charges.retrieve(paid.latest_charge)
    assert (found.status, charge.amount_refunded, charge.refunded) == ("failed", 0, False)
    assert stripe_server.event_types[-2:] == ["refund.updated", "refund.failed"]
    assert client.v1.refunds.create({"charge": paid.latest_charge}).status == "succeeded"


def test_refunds_are_listed_by_charge_and_by_intent(client, paid):
    ids = [
        client.v1.refunds.create({"charge": paid.latest_charge, "amount": 10}).id for _ in range(3)
    ]

    by_charge = client.v1.refunds.list({"charge": paid.latest_charge, "limit": 2})
    by_intent = client.v1.refunds.list({"payment_intent": paid.id})

    assert [refund.id for refund in by_charge.data] == [ids[2], ids[1]]
    assert [refund.id for refund in by_intent.data] == ids[::-1]
