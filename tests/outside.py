"""No call to the network while a transaction is open: refused and noted, whoever makes it.

The gateway, HTTP and mail are watched where every library passes through. A test's own
transaction does not count: the code under test knows nothing of it. What was refused is also
noted, so that code which shrugs at errors cannot hide it.
"""

import http.client
from collections.abc import Callable
from functools import wraps
from inspect import isfunction
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends import console, dummy, locmem, smtp
from django.db import connections

from donations.provider.gateways.base import PaymentGateway
from donations.provider.gateways.stripe import StripeGateway
from tests.donations.provider.fake_gateway import FakeGateway

# Verifies a signature; asks nobody.
AT_HOME = {"parse_event"}
WATCHED: list[tuple[type, str]] = [
    (http.client.HTTPConnection, "putrequest"),
    (EmailMessage, "send"),
    *((module.EmailBackend, "send_messages") for module in (locmem, smtp, console, dummy)),
    *(
        (gateway, name)
        for gateway in (FakeGateway, StripeGateway)
        for name, thing in vars(PaymentGateway).items()
        if isfunction(thing) and not name.startswith("_") and name not in AT_HOME
    ),
]

# Calls refused and not yet told.
_refused: list[str] = []


class InTransactionError(RuntimeError):
    """Somebody called the network and kept the database waiting."""


def watch() -> None:
    """Refuse such calls until this process ends."""
    for owner, name in WATCHED:
        setattr(owner, name, _watched(getattr(owner, name), f"{owner.__name__}.{name}"))


def require_none() -> None:
    """Raise InTransactionError if anything was refused since the last call, swallowed or not."""
    told, _refused[:] = list(_refused), []
    if told:
        raise InTransactionError(f"called in a transaction: {', '.join(told)}")


def in_transaction() -> bool:
    """Return whether this thread has a transaction open that is not the test's own."""
    return any(
        not block._from_testcase
        for connection in connections.all(initialized_only=True)
        for block in connection.atomic_blocks
    )


def _watched(call: Callable[..., Any], name: str) -> Callable[..., Any]:
    @wraps(call)
    def look(*args: Any, **kwargs: Any) -> Any:
        if in_transaction():
            _refused.append(name)
            raise InTransactionError(f"{name} was called in a transaction")
        return call(*args, **kwargs)

    return look
