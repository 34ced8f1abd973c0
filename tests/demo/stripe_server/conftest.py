"""A stand-in, an SDK client of it, and an endpoint that verifies what it is sent."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import requests
import stripe

from demo.stripe_server import StripeServer
from tests.waiting import PATIENCE

SECRET = "whsec_of_the_tests"


class Receiver:
    """A webhook endpoint: ``answers`` are the statuses to give, then 200; wrong signatures 400."""

    def __init__(self) -> None:
        self.events: list[stripe.Event] = []
        self.headers: list[dict[str, str]] = []
        self.refused = 0
        self.answers: list[int] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(receiver.take(body, dict(self.headers)))
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/webhooks/stripe/"

    def take(self, body: bytes, headers: dict[str, str]) -> int:
        try:
            event = stripe.Webhook.construct_event(body, headers["Stripe-Signature"], SECRET)
        except stripe.SignatureVerificationError:
            self.refused += 1
            return 400
        if self.answers:
            status = self.answers.pop(0)
            if status != 200:
                return status
        self.events.append(event)
        self.headers.append(headers)
        return 200

    @property
    def types(self) -> list[str]:
        return [event.type for event in self.events]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    endpoint = Receiver()
    thread = threading.Thread(target=endpoint.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield endpoint
    endpoint.server.shutdown()
    endpoint.server.server_close()
    thread.join()


@pytest.fixture
def stripe_server(receiver: Receiver) -> Iterator[StripeServer]:
    with StripeServer(
        webhook_url=receiver.url,
        webhook_secret=SECRET,
        settlement_delay=3600,
        retry_backoff=(0.01, 0.02, 0.05),
        webhook_timeout=PATIENCE,
    ) as server:
        yield server


@pytest.fixture
def client(stripe_server: StripeServer) -> stripe.StripeClient:
    return stripe.StripeClient(
        "sk_test_of_the_tests",
        base_addresses={"api": stripe_server.base_url},
        max_network_retries=0,
    )


@pytest.fixture
def session_params() -> Callable[..., dict[str, Any]]:
    def build(*, amount: int = 10_000, **changes: Any) -> dict[str, Any]:
        price = {"currency": "cny", "unit_amount": amount, "product_data": {"name": "冬衣"}}
        params = {
            "mode": "payment",
            "line_items": [{"quantity": 1, "price_data": price}],
            "success_url": "http://127.0.0.1:9/return?session={CHECKOUT_SESSION_ID}",
            "cancel_url": "http://127.0.0.1:9/cancelled",
            "metadata": {"donation": "D-1"},
            "payment_intent_data": {"metadata": {"donation": "D-1"}, "description": "捐赠 D-1"},
            **changes,
        }
        return {name: value for name, value in params.items() if value is not None}

    return build


@pytest.fixture
def control(stripe_server: StripeServer) -> Callable[..., dict[str, Any]]:
    """POST to a control route, as a driver in another process does."""

    def post(route: str, /, **body: Any) -> dict[str, Any]:
        answer = requests.post(
            f"{stripe_server.base_url}/_test/{route}", json=body, timeout=PATIENCE
        )
        answer.raise_for_status()
        return answer.json()

    return post
