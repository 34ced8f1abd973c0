"""PaymentIntents made directly, their charges and balance transactions."""

import pytest
import requests
import stripe

from tests.waiting import PATIENCE

PAY = {"amount": 5000, "currency": "cny", "confirm": True}


def test_an_intent_goes_from_creation_by_confirmation_to_a_charge(client, stripe_server):
    intent = client.v1.payment_intents.create(
        {"amount": 5000, "currency": "cny", "metadata": {"a": "1"}}
    )
    paid = client.v1.payment_intents.confirm(
        intent.id, {"payment_method": "pm_card_visa", "expand": ["latest_charge"]}
    )

    assert intent.status == "requires_payment_method"
    assert intent.client_secret.startswith(f"{intent.id}_secret_")
    assert (paid.status, paid.amount_received) == ("succeeded", 5000)
    assert paid.latest_charge.metadata.to_dict() == {"a": "1"}
    assert stripe_server.event_types == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
    ]


@pytest.mark.parametrize(
    ("method", "code", "decline_code"),
    [
        ("pm_card_visa_chargeDeclined", "card_declined", "generic_decline"),
        ("pm_card_visa_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"),
        ("pm_card_chargeDeclinedExpiredCard", "expired_card", None),
        ("pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", None),
        ("pm_card_chargeDeclinedProcessingError", "processing_error", None),
    ],
)
def test_a_refused_card_is_a_card_error_with_the_intent_in_it(
    client, stripe_server, method, code, decline_code
):
    with pytest.raises(stripe.CardError) as refused:
        client.v1.payment_intents.create(PAY | {"payment_method": method})

    error = refused.value.error
    assert refused.value.http_status == 402
    assert (refused.value.code, getattr(error, "decline_code", None)) == (code, decline_code)
    assert error.payment_intent.status == "requires_payment_method"
    assert client.v1.charges.retrieve(error.charge).failure_code == code
    assert stripe_server.event_types[1:] == ["charge.failed", "payment_intent.payment_failed"]


def test_three_d_secure_asks_at_an_address_and_comes_back(client):
    params = {
        "payment_method": "pm_card_authenticationRequired",
        "return_url": "http://127.0.0.1:9/r",
    }
    intent = client.v1.payment_intents.create(PAY | params)

    url = intent.next_action.redirect_to_url.url
    answer = requests.post(url, {"authorize": "1"}, allow_redirects=False, timeout=PATIENCE)

    assert intent.status == "requires_action"
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("redirect_status=succeeded")
    assert client.v1.payment_intents.retrieve(intent.id).status == "succeeded"


def test_failed_authentication_can_be_tried_again(client, stripe_server):
    intent = client.v1.payment_intents.create(
        PAY | {"payment_method": "pm_card_authenticationRequired"}
    )
    requests.post(intent.next_action.redirect_to_url.url, {"fail": "1"}, timeout=PATIENCE)

    failed = client.v1.payment_intents.retrieve(intent.id)
    again = client.v1.payment_intents.confirm(intent.id, {"payment_method": "pm_card_visa"})

    assert failed.status == "requires_payment_method"
    assert failed.last_payment_error.code == "payment_intent_authentication_failure"
    assert again.status == "succeeded"
    assert "payment_intent.payment_failed" in stripe_server.event_types


@pytest.mark.parametrize(
    ("kind", "action"),
    [("alipay", "alipay_handle_redirect"), ("wechat_pay", "wechat_pay_display_qr_code")],
)
def test_wallets_show_where_to_go(client, kind, action):
    intent = client.v1.payment_intents.create(
        PAY | {"payment_method_data": {"type": kind}, "return_url": "http://127.0.0.1:9/r"}
    )

    assert (intent.status, intent.next_action.type) == ("requires_action", action)


def test_alipay_needs_a_return_url(client):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.payment_intents.create(PAY | {"payment_method_data": {"type": "alipay"}})

    assert (refused.value.code, refused.value.param) == ("parameter_missing", "return_url")


def test_confirming_without_a_way_to_pay_is_refused(client):
    intent = client.v1.payment_intents.create({"amount": 5000, "currency": "cny"})

    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.payment_intents.confirm(intent.id)

    assert refused.value.code == "payment_intent_unexpected_state"


def test_a_paid_intent_cannot_be_paid_or_cancelled_again(client, stripe_server):
    intent = client.v1.payment_intents.create(PAY | {"payment_method": "pm_card_visa"})

    for act, params in (
        (client.v1.payment_intents.confirm, {"payment_method": "pm_card_visa"}),
        (client.v1.payment_intents.cancel, {}),
    ):
        with pytest.raises(stripe.InvalidRequestError) as refused:
            act(intent.id, params)
        assert refused.value.code == "payment_intent_unexpected_state"
        assert refused.value.error.payment_intent.id == intent.id

    assert len(stripe_server.objects("charge")) == 1


def test_cancelling_an_open_intent_says_why(client, stripe_server):
    intent = client.v1.payment_intents.create({"amount": 5000, "currency": "cny"})

    cancelled = client.v1.payment_intents.cancel(intent.id, {"cancellation_reason": "abandoned"})

    assert (cancelled.status, cancelled.cancellation_reason) == ("canceled", "abandoned")
    assert stripe_server.event_types == ["payment_intent.created", "payment_intent.canceled"]


def test_metadata_is_merged_unset_and_cleared(client):
    intent = client.v1.payment_intents.create(
        {"amount": 5000, "currency": "cny", "metadata": {"a": "1", "b": "2"}}
    )

    merged = client.v1.payment_intents.update(intent.id, {"metadata": {"a": "", "c": "3"}})
    cleared = client.v1.payment_intents.update(intent.id, {"metadata": "", "description": "x"})

    assert merged.metadata.to_dict() == {"b": "2", "c": "3"}
    assert cleared.metadata.to_dict() == {}
    assert cleared.description == "x"


@pytest.mark.parametrize(
    ("currency", "amount", "fee"), [("cny", 100, 32), ("cny", 9_999, 319), ("usd", 12_345, 388)]
)
def test_card_fees_are_a_share_rounded_down_and_a_fixed_part(client, currency, amount, fee):
    intent = client.v1.payment_intents.create({
        "amount": amount, "currency": currency, "confirm": True, "payment_method": "pm_card_visa",
        "expand": ["latest_charge.balance_transaction.source"],
    })  # fmt: skip

    booked = intent.latest_charge.balance_transaction
    assert (booked.amount, booked.fee, booked.net) == (amount, fee, amount - fee)
    assert booked.source.id == intent.latest_charge.id


def test_the_balance_can_come_later_than_the_charge(client, stripe_server):
    stripe_server.settings.balance_delay = 60
    intent = client.v1.payment_intents.create(PAY | {"payment_method": "pm_card_visa"})

    before = client.v1.charges.retrieve(intent.latest_charge).balance_transaction
    stripe_server.advance(61)
    after = client.v1.charges.retrieve(intent.latest_charge).balance_transaction

    assert before is None
    assert after.startswith("txn_")
    assert stripe_server.event_types[-1] == "charge.updated"


def test_charges_and_balance_transactions_are_listed_by_filter(client):
    one = client.v1.payment_intents.create(PAY | {"payment_method": "pm_card_visa"})
    client.v1.payment_intents.create(PAY | {"payment_method": "pm_card_mastercard"})
    client.v1.refunds.create({"charge": one.latest_charge, "amount": 100})

    charges = client.v1.charges.list({"payment_intent": one.id})
    refunds = client.v1.balance_transactions.list({"type": "refund"})
    of_charge = client.v1.balance_transactions.list({"source": one.latest_charge})
    intents = client.v1.payment_intents.list({"limit": 1})

    assert [charge.id for charge in charges.data] == [one.latest_charge]
    assert [row.amount for row in refunds.data] == [-100]
    assert [row.amount for row in of_charge.data] == [5000]
    assert intents.has_more is True


def test_expanding_more_than_four_levels_is_refused(client):
    path = "latest_charge.balance_transaction.source.payment_intent.latest_charge"

    with pytest.raises(stripe.InvalidRequestError, match="more than 4 levels"):
        client.v1.payment_intents.create(PAY | {"payment_method": "pm_card_visa", "expand": [path]})


def test_lists_are_expanded_under_data_only(client, stripe_server):
    client.v1.payment_intents.create(PAY | {"payment_method": "pm_card_visa"})

    found = client.v1.payment_intents.list({"expand": ["data.latest_charge"]})
    with pytest.raises(stripe.InvalidRequestError, match=r"'data\.latest_charge' instead"):
        client.v1.payment_intents.list({"expand": ["latest_charge"]})

    assert found.data[0].latest_charge.amount == 5000
