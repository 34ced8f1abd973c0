"""A stand-in inside the test process."""

import threading
from pathlib import Path
from typing import Any

from . import paying
from .api import Logged
from .faults import Fault
from .server import StandIn
from .settings import Settings
from .sweep import sweep


class StripeServer:
    """``with StripeServer(webhook_url=…) as stripe_server:`` - a free port, stopped at the end.

    Keyword arguments are those of ``Settings``; ``state`` is a journal file to keep.
    """

    def __init__(self, *, port: int = 0, state: Path | None = None, **settings: Any) -> None:
        self._stand_in = StandIn(Settings(**settings), port, state)
        self._thread = threading.Thread(
            target=self._stand_in.serve_forever, args=(0.05,), name="stripe-http", daemon=True
        )

    def __enter__(self) -> "StripeServer":
        self._stand_in.start()
        self._thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._stand_in.shutdown()
        self._stand_in.stop()
        self._thread.join()

    @property
    def settings(self) -> Settings:
        return self._stand_in.store.settings

    @property
    def base_url(self) -> str:
        return self.settings.base_url

    @property
    def webhook_secret(self) -> str:
        return self.settings.webhook_secret

    @property
    def events(self) -> list[dict[str, Any]]:
        """All events so far, oldest first."""
        with self._stand_in.store.lock:
            return list(self._stand_in.store.table("event").values())

    @property
    def event_types(self) -> list[str]:
        return [event["type"] for event in self.events]

    @property
    def requests(self) -> list[Logged]:
        """API requests in order of their answers: method, path, idempotency_key, status, …"""
        return list(self._stand_in.api.log)

    @property
    def deliveries(self) -> list[dict[str, Any]]:
        """Webhook attempts in order: event, type, attempt, status (0: no answer), problem, at."""
        return list(self._stand_in.dispatcher.log)

    def objects(self, table: str) -> list[dict[str, Any]]:
        """All of one kind by its ``object`` name, oldest first."""
        with self._stand_in.store.lock:
            return list(self._stand_in.store.table(table).values())

    def set_webhook(self, url: str | None, secret: str | None = None) -> None:
        """Where events go from now on, for an endpoint whose port is known only later."""
        self.settings.webhook_url = url
        self.settings.webhook_secret = secret or self.settings.webhook_secret

    def pay(self, session_id: str, method: str = "card", **how: Any) -> dict[str, Any]:
        """A payer's whole visit: ``card=number``, ``authorize=False``, ``later="succeed|fail"``,

        ``email=…``. Returns the session as it then stands: still open after a refusal.
        """
        return paying.pay(self._stand_in.store, session_id, method=method, **how)

    def advance(self, seconds: float) -> None:
        """Move the stand-in's clock on and let what is due happen (expiry, delayed money)."""
        with self._stand_in.store.transaction() as store:
            store.clock_offset += seconds
        sweep(self._stand_in.store)

    def fault(self, mode: str, **more: Any) -> None:
        """The next ``count`` requests to ``path`` fail; see ``faults.Fault``."""
        self._stand_in.faults.plan(Fault(mode, **more))

    @property
    def waiting(self) -> int:
        """How many requests wait in a fault now."""
        return self._stand_in.faults.waiting

    def call_off_faults(self) -> None:
        """Nothing fails from now on, and a request that waits in a fault goes on."""
        self._stand_in.faults.clear()

    def webhooks(self, mode: str, delay: float = 0.0, seed: int | None = None) -> None:
        self._stand_in.dispatcher.configure(mode, delay, seed)

    def deliver_held(self, order: str = "normal", copies: int = 1) -> list[str]:
        """Let held events go; their ids in the order sent."""
        return self._stand_in.dispatcher.flush(order, copies)

    def deliver_again(self, event_id: str, **how: Any) -> None:
        """Send one event again: ``copies``, ``delay``, a wrong ``secret``, ``age`` in seconds."""
        self._stand_in.dispatcher.resend(event_id, **how)

    def wait_for_deliveries(self, timeout: float = 600.0) -> None:
        """Until nothing is queued, retries included; raises TimeoutError."""
        if not self._stand_in.dispatcher.wait_until_idle(timeout):
            raise TimeoutError("webhooks are still being delivered")

    def reset(self) -> None:
        self._stand_in.control.handle("POST", "/_test/reset", b"")
        self._stand_in.api.log.clear()
