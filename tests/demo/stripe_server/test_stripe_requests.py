"""Keys, routes, headers and encodings of requests, before any resource is reached."""

import base64

import pytest
import requests
import stripe

from demo.stripe_server.forms import parse
from tests.waiting import PATIENCE

UNKNOWN_ROUTES = [
    ("GET", "/v1/customers"),
    ("POST", "/v1/payment_intents/pi_1/capture"),
    ("DELETE", "/v1/charges/ch_1"),
    ("PUT", "/v1/refunds"),
    ("GET", "/v2/core/events"),
    ("GET", "/v1/checkout/sessions/"),
    ("GET", "/elsewhere"),
]


@pytest.mark.parametrize(("method", "path"), UNKNOWN_ROUTES)
def test_unknown_routes_are_a_404_in_stripes_shape(stripe_server, method, path):
    answer = requests.request(
        method,
        stripe_server.base_url + path,
        headers={"Authorization": "Bearer sk_test_x"},
        timeout=PATIENCE,
    )

    error = answer.json()["error"]
    assert answer.status_code == 404
    assert error["type"] == "invalid_request_error"
    assert error["message"].startswith(f"Unrecognized request URL ({method}: {path})")
    assert answer.headers["Request-Id"] in error["request_log_url"]


def test_a_route_of_stripes_that_is_not_carried_is_an_invalid_request(client):
    with pytest.raises(stripe.InvalidRequestError, match="Unrecognized request URL"):
        client.v1.customers.create({"email": "a@example.org"})


@pytest.mark.parametrize("key", ["sk_live_1234567890abcdef", "pk_test_1234567890abcdef", "x"])
def test_wrong_keys_are_refused_and_not_shown_in_full(stripe_server, key):
    client = stripe.StripeClient(key, base_addresses={"api": stripe_server.base_url})

    with pytest.raises(stripe.AuthenticationError) as refused:
        client.v1.charges.list()

    assert refused.value.http_status == 401
    assert len(key) < 12 or key not in str(refused.value)


def test_no_key_is_refused(stripe_server):
    answer = requests.get(f"{stripe_server.base_url}/v1/charges", timeout=PATIENCE)

    assert answer.status_code == 401
    assert "did not provide an API key" in answer.json()["error"]["message"]


def test_basic_authentication_carries_the_key_as_user(stripe_server):
    address = f"{stripe_server.base_url}/v1/charges"
    broken = "Basic " + base64.b64encode(b"\xff\xfe").decode()

    assert requests.get(address, auth=("sk_test_x", ""), timeout=PATIENCE).status_code == 200
    assert requests.get(address, auth=("nobody", ""), timeout=PATIENCE).status_code == 401
    assert (
        requests.get(address, headers={"Authorization": broken}, timeout=PATIENCE).status_code
        == 401
    )


def test_another_key_than_the_configured_one_is_refused(stripe_server):
    stripe_server.settings.api_key = "sk_test_the_one"
    base = {"api": stripe_server.base_url}

    assert stripe.StripeClient("sk_test_the_one", base_addresses=base).v1.charges.list().data == []
    with pytest.raises(stripe.AuthenticationError):
        stripe.StripeClient("sk_test_another", base_addresses=base).v1.charges.list()


def test_answers_name_request_and_version(client, stripe_server):
    listed = client.v1.charges.list()

    assert listed.last_response.headers["Stripe-Version"] == "2026-10-28.endive"
    assert listed.last_response.request_id == stripe_server.requests[-1].request_id
    assert (listed.object, listed.has_more, listed.url) == ("list", False, "/v1/charges")


def test_another_api_version_is_refused(stripe_server):
    client = stripe.StripeClient("sk_test_x", base_addresses={"api": stripe_server.base_url})

    with pytest.raises(stripe.InvalidRequestError, match="Invalid Stripe API version"):
        client.v1.charges.list({}, {"stripe_version": "2020-08-27"})


def test_a_json_body_is_refused(stripe_server):
    answer = requests.post(
        f"{stripe_server.base_url}/v1/refunds",
        json={"charge": "ch_1"},
        headers={"Authorization": "Bearer sk_test_x"},
        timeout=PATIENCE,
    )

    assert answer.status_code == 400
    assert "check that your POST content type" in answer.json()["error"]["message"]


@pytest.mark.parametrize("body", ["a=1&a[b]=2", "a[b]=2&a=1", "a[=1", "[a]=1", "a]b=1"])
def test_encodings_that_contradict_themselves_are_refused(stripe_server, body):
    answer = requests.post(
        f"{stripe_server.base_url}/v1/refunds",
        data=body,
        headers={
            "Authorization": "Bearer sk_test_x",
            "Content-Type": "application/x-www-form-urlencoded",
        },
        timeout=PATIENCE,
    )

    assert answer.status_code == 400
    assert answer.json()["error"]["type"] == "invalid_request_error"


def test_too_large_a_body_is_refused(stripe_server):
    answer = requests.post(
        f"{stripe_server.base_url}/v1/refunds", data="x" * 1_000_001, timeout=PATIENCE
    )

    assert answer.status_code == 413


def test_nested_names_are_read_as_stripe_reads_them():
    tree = parse("a[0][b][c]=1&a[1][b][c]=2&e[]=x&e[]=y&m[k]=%E7%88%B1&n=")

    assert tree == {
        "a": {"0": {"b": {"c": "1"}}, "1": {"b": {"c": "2"}}},
        "e": {"0": "x", "1": "y"},
        "m": {"k": "爱"},
        "n": "",
    }
