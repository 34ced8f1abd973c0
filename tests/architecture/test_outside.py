"""The guard bites: a call to the network in a transaction is refused, and cannot be hidden."""

import contextlib
import http.client
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage, get_connection, send_mail
from django.db import transaction

from core.money import Money
from tests import outside
from tests.donations.provider.fake_gateway import FakeGateway
from tests.outside import WATCHED, InTransactionError


def fake() -> FakeGateway:
    return FakeGateway(secret="")


CALLS = {
    "FakeGateway.refund": lambda: fake().refund(charge_id="x", amount=Money(1), key="k"),
    "FakeGateway.get_intent": lambda: fake().get_intent("x"),
    "HTTPConnection.putrequest": lambda: http.client.HTTPConnection("127.0.0.1", 9).request(
        "GET", "/"
    ),
    "EmailMessage.send": lambda: send_mail("a", "b", "c@example.org", ["d@example.org"]),
    "EmailBackend.send_messages": lambda: get_connection().send_messages([EmailMessage()]),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", CALLS)
def test_a_call_in_a_transaction_is_refused_and_noted(name):
    with transaction.atomic(), pytest.raises(InTransactionError, match=name):
        CALLS[name]()

    with pytest.raises(InTransactionError, match=name):
        outside.require_none()


@pytest.mark.django_db
def test_a_swallowed_refusal_is_told_after_the_test():
    with transaction.atomic(), contextlib.suppress(Exception):
        CALLS["FakeGateway.get_intent"]()

    with pytest.raises(InTransactionError, match="get_intent"):
        outside.require_none()
    outside.require_none()


@pytest.mark.django_db
def test_the_transaction_of_the_test_is_not_the_codes(mailoutbox):
    send_mail("a", "b", "c@example.org", ["d@example.org"])

    assert len(mailoutbox) == 1


@pytest.mark.django_db
def test_work_after_the_commit_may_call(django_capture_on_commit_callbacks, mailoutbox):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        transaction.on_commit(lambda: send_mail(str(uuid4()), "b", "c@x.org", ["d@x.org"]))

    assert len(mailoutbox) == 1


def test_every_call_of_the_gateway_is_watched():
    watched = {name for owner, name in WATCHED if owner is FakeGateway}

    assert watched == {
        "create_checkout",
        "get_session",
        "get_intent",
        "get_dispute",
        "expire_session",
        "refund",
    }
