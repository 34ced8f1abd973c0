"""A strict stand-in of Stripe's API on loopback, for tests and the demo. Standard library only.

Production code never imports it; the only link is ``STRIPE_API_BASE``. In a test::

    with StripeServer(webhook_url=url, webhook_secret="whsec_x") as stripe_server:
        client = stripe.StripeClient("sk_test_x", base_addresses={"api": stripe_server.base_url})
        session = client.v1.checkout.sessions.create({...})
        stripe_server.pay(session.id, "alipay")
        stripe_server.wait_for_deliveries()

As a process: ``python -m demo.stripe_server --port N --webhook-url URL
--webhook-secret S [--state FILE]``; ``--help`` lists the rest. Port 0 is free choice; the address
is the last word of the first line printed.

**API** (version 2026-10-28.endive, another one is refused). Checkout Sessions: create, retrieve,
list, expire, line_items. PaymentIntents: create, retrieve, update, confirm, cancel, list. Charges,
balance transactions, events: retrieve, list. Refunds: create, retrieve, list. What Stripe offers
beyond is refused as unknown. Worth knowing, because Stripe does the same:

- ``payment_method_types`` is gone from this API version (``payment_method_types_no_longer_
  supported``); ``allowed_payment_method_types`` filters what the page offers.
- ``session.payment_intent`` is null until the payer first tries to pay, ``session.url`` is null
  once the session is closed, and a session's PaymentIntent is cancelled by expiring the session.
- ``expires_at`` counts from when the server makes the session: exactly 30 minutes is a race.
- A refund that is too large has no ``code``, only ``param="amount"``; a charge without rest gives
  ``charge_already_refunded``.
- Ids of wallet charges begin ``py_``, of their refunds ``pyr_``; their balance transactions are
  of type ``payment`` and ``payment_refund``.
- Answers under an idempotency key are kept for 24 hours, 500s included, refused parameters not.

Fees (cards 2.9 % + 30 minor units rounded down, wallets 2.2 % + 35) and smallest amounts (CNY
1.00) are the stand-in's own inventions; see ``settings.Settings``.

**Pay page** ``session.url``; Chinese, ``?lang=en`` for English. Buttons, by ``name`` and ``id``:
``pay-card``, ``pay-alipay``, ``pay-wechat``, ``pay-delayed``. Inputs: ``email`` (unless the
session has one), ``card-number``, ``card-expiry``, ``card-cvc`` (filled in with 4242…), radios
``delayed-outcome`` = ``succeed`` or ``fail``. Links: ``#back-to-site``, ``#switch-language``. On
the 3-D Secure, Alipay and WeChat pages: buttons ``authorize`` and ``fail``. A refusal shows
``#payment-problem`` and leaves the session open; a closed session shows ``#to-site``.

**Control**, JSON over POST without a key: ``/_test/webhooks`` ``{"mode": "normal|duplicate|
shuffle|hold", "delay": 0, "seed": 1}``; ``/_test/webhooks/flush`` ``{"order": "normal|reverse|
shuffle", "copies": 1}``; ``/_test/events/<id>/resend`` ``{"copies": 1, "delay": 0, "secret": …,
"age": 0}``; ``/_test/fault`` ``{"mode": "timeout|drop|drop_after|slow|429|lock_timeout|500|none",
"path": "/v1/refunds", "method": "POST", "count": 1, "seconds": 30}``; ``/_test/clock``
``{"advance": 1800}``; ``/_test/settings`` ``{"settlement_delay": 1}``;
``/_test/sessions/<id>/pay`` ``{"method": "card|alipay|wechat_pay", "card": …, "authorize": true,
"later": "succeed|fail"}``; ``/_test/refunds/<id>/fail``; ``/_test/reset``. GET ``/_test/state``.
"""

from .embedded import StripeServer
from .webhooks import signature

__all__ = ["StripeServer", "signature"]
