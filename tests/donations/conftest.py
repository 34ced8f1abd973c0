"""What gifts are given to, and payment providers: in memory, and the stand-in behind the SDK."""

import json
import time

import pytest

from demo.stripe_server import StripeServer, signature
from donations.provider import gateways
from tests.factories.matching import CampaignFactory, NeedFactory


@pytest.fixture
def need(db):
    """Return a published need of ¥1,000 in an open campaign."""
    return NeedFactory(published=True, campaign=CampaignFactory())


@pytest.fixture
def fake(settings):
    """Return the in-memory provider, empty, in place of Stripe."""
    settings.PAYMENT_GATEWAYS = ["tests.donations.provider.fake_gateway.FakeGateway"]
    gateways._build.cache_clear()
    yield gateways.named("stripe")
    gateways._build.cache_clear()


@pytest.fixture
def lantern(settings):
    """Return a second provider, empty, which takes new gifts; the first serves its own."""
    settings.LANTERN_KEY = "a key of the tests"
    settings.PAYMENT_GATEWAYS = [
        "tests.donations.provider.second_provider.LanternGateway",
        "tests.donations.provider.fake_gateway.FakeGateway",
    ]
    gateways._build.cache_clear()
    yield gateways.named("lantern")
    gateways._build.cache_clear()


@pytest.fixture
def stripe_server(settings):
    """Run the stand-in and point the real SDK at it; its events wait to be delivered."""
    with StripeServer(webhook_secret=settings.STRIPE_WEBHOOK_SECRET) as server:
        settings.STRIPE_API_BASE = server.base_url
        gateways._build.cache_clear()
        yield server
    gateways._build.cache_clear()


@pytest.fixture
def post_event(client, settings):
    """Return a function that calls our webhook with one of the stand-in's events."""

    def post(event: dict, *, secret: str = ""):
        body = json.dumps(event).encode()
        stamp = int(time.time())
        signed = signature(body, secret or settings.STRIPE_WEBHOOK_SECRET, stamp)
        return client.post(
            "/webhooks/stripe/",
            body,
            content_type="application/json",
            headers={"Stripe-Signature": signed},
        )

    return post
