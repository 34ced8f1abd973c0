"""What a request may not say, with the exact code and parameter of the refusal."""

import time

import pytest
import stripe


def price(**changes):
    data = {"currency": "cny", "unit_amount": 10_000, "product_data": {"name": "冬衣"}}
    data |= changes
    return [{"quantity": 1, "price_data": {k: v for k, v in data.items() if v is not None}}]


UNIT = "line_items[0][price_data][unit_amount]"
SESSION_REFUSALS = {
    "unknown": ({"colour": "red"}, "parameter_unknown", "colour"),
    "unknown deep": (
        {"line_items": price(colour="red")},
        "parameter_unknown",
        "line_items[0][price_data][colour]",
    ),
    "retired since endive": (
        {"payment_method_types": ["card"]},
        "payment_method_types_no_longer_supported",
        "payment_method_types",
    ),
    "old line item": (
        {"line_items": [{"amount": 100, "currency": "cny", "name": "x", "quantity": 1}]},
        "parameter_unknown",
        "line_items[0][amount]",
    ),
    "no such price": (
        {"line_items": [{"price": "price_1", "quantity": 1}]},
        "resource_missing",
        "line_items[0][price]",
    ),
    "no mode": ({"mode": None}, "parameter_missing", "mode"),
    "no items": ({"line_items": None}, "parameter_missing", "line_items"),
    "no success_url": ({"success_url": None}, "parameter_missing", "success_url"),
    "no quantity": (
        {"line_items": [{"price_data": price()[0]["price_data"]}]},
        "parameter_missing",
        "line_items[0][quantity]",
    ),
    "no amount": ({"line_items": price(unit_amount=None)}, "parameter_missing", UNIT),
    "amount a word": ({"line_items": price(unit_amount="ten")}, "parameter_invalid_integer", UNIT),
    "amount broken": ({"line_items": price(unit_amount="1.5")}, "parameter_invalid_integer", UNIT),
    "amount negative": ({"line_items": price(unit_amount=-1)}, "parameter_invalid_integer", UNIT),
    "too little": ({"line_items": price(unit_amount=99)}, "amount_too_small", None),
    "too much": (
        {"line_items": price(unit_amount=99_999_999) * 2},
        "amount_too_large",
        None,
    ),
    "no currency of ours": (
        {"line_items": price(currency="xyz")},
        None,
        "line_items[0][price_data][currency]",
    ),
    "two currencies": ({"line_items": price() + price(currency="usd")}, None, "line_items"),
    "no url": ({"success_url": "/return"}, "url_invalid", "success_url"),
    "script url": ({"cancel_url": "javascript:alert(1)"}, "url_invalid", "cancel_url"),
    "split header": ({"cancel_url": "http://a.example/\r\nX: y"}, "url_invalid", "cancel_url"),
    "no e-mail": ({"customer_email": "nobody"}, "email_invalid", "customer_email"),
    "empty": ({"client_reference_id": ""}, "parameter_invalid_empty", "client_reference_id"),
    "long reference": ({"client_reference_id": "x" * 201}, None, "client_reference_id"),
    "locale": ({"locale": "zh-CN"}, None, "locale"),
    "submit type": ({"submit_type": "give"}, None, "submit_type"),
    "mode": ({"mode": "gift"}, None, "mode"),
    "ui mode before dahlia": ({"ui_mode": "hosted"}, None, "ui_mode"),
    "no array": ({"line_items": "x"}, None, "line_items"),
    "no object": ({"payment_intent_data": "x"}, None, "payment_intent_data"),
    "metadata key": ({"metadata": {"k" * 41: "v"}}, None, "metadata"),
    "metadata value": ({"metadata": {"k": "v" * 501}}, None, "metadata"),
    "metadata count": ({"metadata": {f"k{n}": "v" for n in range(51)}}, None, "metadata"),
    "expires too soon": ({"expires_at": int(time.time()) + 60}, None, "expires_at"),
    "expires too late": ({"expires_at": int(time.time()) + 90_000}, None, "expires_at"),
    "expires a word": ({"expires_at": "later"}, "parameter_invalid_integer", "expires_at"),
    "method unknown": (
        {"allowed_payment_method_types": ["cash"]},
        None,
        "allowed_payment_method_types[0]",
    ),
    "method unavailable": (
        {"allowed_payment_method_types": ["sepa_debit"]},
        None,
        "allowed_payment_method_types",
    ),
    "wechat without client": (
        {"payment_method_options": {"wechat_pay": {"app_id": "x"}}},
        "parameter_missing",
        "payment_method_options[wechat_pay][client]",
    ),
    "expand nonsense": ({"expand": ["colour"]}, None, None),
}


@pytest.mark.parametrize("name", SESSION_REFUSALS)
def test_a_session_with_wrong_parameters_is_refused(client, stripe_server, session_params, name):
    changes, code, param = SESSION_REFUSALS[name]

    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.checkout.sessions.create(session_params(**changes))

    assert (refused.value.code, refused.value.param) == (code, param)
    assert refused.value.http_status == 400
    assert refused.value.error.type == "invalid_request_error"
    assert refused.value.request_id.startswith("req_")


@pytest.mark.parametrize("name", SESSION_REFUSALS)
def test_a_refused_session_is_not_made(client, stripe_server, session_params, name):
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.checkout.sessions.create(session_params(**SESSION_REFUSALS[name][0]))

    assert stripe_server.objects("checkout.session") == []
    assert stripe_server.events == []


INTENT_REFUSALS = {
    "unknown": ({"amount": 500, "currency": "cny", "tip": 1}, "parameter_unknown", "tip"),
    "no amount": ({"currency": "cny"}, "parameter_missing", "amount"),
    "no currency": ({"amount": 500}, "parameter_missing", "currency"),
    "zero": ({"amount": 0, "currency": "cny"}, "parameter_invalid_integer", "amount"),
    "too little": ({"amount": 99, "currency": "cny"}, "amount_too_small", "amount"),
    "too much": ({"amount": 100_000_000, "currency": "cny"}, "amount_too_large", "amount"),
    "capital currency": ({"amount": 500, "currency": "CNY"}, None, "currency"),
    "retired since endive": (
        {"amount": 500, "currency": "cny", "payment_method_types": ["card"]},
        "payment_method_types_no_longer_supported",
        "payment_method_types",
    ),
    "no such method": (
        {"amount": 500, "currency": "cny", "payment_method": "pm_1"},
        "resource_missing",
        "payment_method",
    ),
    "return url too early": (
        {"amount": 500, "currency": "cny", "return_url": "http://127.0.0.1/"},
        None,
        "return_url",
    ),
}


@pytest.mark.parametrize("name", INTENT_REFUSALS)
def test_a_payment_intent_with_wrong_parameters_is_refused(client, stripe_server, name):
    params, code, param = INTENT_REFUSALS[name]

    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.payment_intents.create(params)

    assert (refused.value.code, refused.value.param) == (code, param)
    assert stripe_server.objects("payment_intent") == []


@pytest.mark.parametrize(
    ("read", "param", "label"),
    [
        (lambda c: c.v1.checkout.sessions.retrieve("cs_test_0"), "session", "checkout.session"),
        (lambda c: c.v1.checkout.sessions.expire("cs_test_0"), "session", "checkout.session"),
        (lambda c: c.v1.payment_intents.retrieve("pi_0"), "intent", "payment_intent"),
        (lambda c: c.v1.payment_intents.cancel("pi_0"), "intent", "payment_intent"),
        (lambda c: c.v1.charges.retrieve("ch_0"), "id", "charge"),
        (lambda c: c.v1.refunds.retrieve("re_0"), "id", "refund"),
        (lambda c: c.v1.balance_transactions.retrieve("txn_0"), "id", "balance transaction"),
        (lambda c: c.v1.events.retrieve("evt_0"), "id", "event"),
        (lambda c: c.v1.refunds.create({"charge": "ch_0"}), "charge", "charge"),
        (
            lambda c: c.v1.refunds.create({"payment_intent": "pi_0"}),
            "payment_intent",
            "payment_intent",
        ),
        (lambda c: c.v1.events.list({"starting_after": "evt_0"}), "starting_after", "event"),
    ],
)
def test_what_is_not_there_is_a_404_that_names_it(client, read, param, label):
    with pytest.raises(stripe.InvalidRequestError) as missing:
        read(client)

    assert missing.value.http_status == 404
    assert (missing.value.code, missing.value.param) == ("resource_missing", param)
    assert f"No such {label}: '" in missing.value.user_message


@pytest.mark.parametrize("limit", [0, 101])
def test_a_page_has_one_to_a_hundred_rows(client, limit):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.charges.list({"limit": limit})

    assert (refused.value.code, refused.value.param) == ("parameter_invalid_integer", "limit")
