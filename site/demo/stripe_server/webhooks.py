"""Webhook delivery: signed, retried, and on demand held, late, doubled or out of order."""

import hashlib
import heapq
import hmac
import http.client
import json
import random
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from .state import Store

MODES = ("normal", "duplicate", "shuffle", "hold")
SHUFFLE_WINDOW = 0.5


def signature(payload: bytes, secret: str, stamp: int) -> str:
    """The ``Stripe-Signature`` header for ``payload`` sent at ``stamp``."""
    digest = hmac.new(secret.encode(), f"{stamp}.".encode() + payload, hashlib.sha256)
    return f"t={stamp},v1={digest.hexdigest()}"


@dataclass(order=True, slots=True)
class Delivery:
    due: float
    number: int
    event_id: str = field(compare=False)
    attempt: int = field(default=0, compare=False)
    secret: str | None = field(default=None, compare=False)
    age: int = field(default=0, compare=False)
    final: bool = field(default=False, compare=False)


class Dispatcher:
    """Background threads that post events; ``log`` keeps the last attempts, newest last."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.mode = "normal"
        self.delay = 0.0
        self.random = random.Random(20261017)
        self.log: deque[dict[str, Any]] = deque(maxlen=5_000)
        self._wake = threading.Condition()
        self._queue: list[Delivery] = []
        self._held: list[str] = []
        self._sending = 0
        self._count = 0
        self._stopped = False
        self._threads: list[threading.Thread] = []
        store.on_events = self.enqueue

    def start(self) -> None:
        for _ in range(self.store.settings.webhook_workers):
            thread = threading.Thread(target=self._work, name="stripe-webhooks", daemon=True)
            thread.start()
            self._threads.append(thread)
        waiting = [e for e in self.store.table("event").values() if e["pending_webhooks"]]
        self.enqueue(waiting)

    def stop(self) -> None:
        with self._wake:
            self._stopped = True
            self._wake.notify_all()
        for thread in self._threads:
            thread.join(timeout=self.store.settings.webhook_timeout + 1)

    def configure(self, mode: str, delay: float = 0.0, seed: int | None = None) -> None:
        if mode not in MODES:
            raise ValueError(f"mode must be one of {', '.join(MODES)}")
        with self._wake:
            self.mode, self.delay = mode, delay
            if seed is not None:
                self.random.seed(seed)

    def enqueue(self, events: list[dict[str, Any]]) -> None:
        if not self.store.settings.webhook_url:
            return
        with self._wake:
            for event in events:
                if self.mode == "hold":
                    self._held.append(event["id"])
                    continue
                late = self.delay
                if self.mode == "shuffle":
                    late += self.random.uniform(0, SHUFFLE_WINDOW)
                for _ in range(2 if self.mode == "duplicate" else 1):
                    self._push(event["id"], late)

    def resend(
        self, event_id: str, *, copies: int = 1, secret: str | None = None, age: int = 0,
        delay: float = 0.0,
    ) -> None:  # fmt: skip
        """Send again, by wish with another ``secret`` or a stamp ``age`` seconds old.

        Those are meant to be refused, so they are tried once.
        """
        with self._wake:
            for _ in range(copies):
                self._push(event_id, delay, secret=secret, age=age, final=bool(secret or age))

    def flush(self, order: str = "normal", copies: int = 1) -> list[str]:
        """Let held events go, in ``order`` normal, reverse or shuffle; the ids, as sent."""
        with self._wake:
            going, self._held = self._held * copies, []
            if order == "reverse":
                going.reverse()
            elif order == "shuffle":
                self.random.shuffle(going)
            for event_id in going:
                self._push(event_id, 0.0)
            return going

    def wait_until_idle(self, timeout: float) -> bool:
        """True when nothing is queued or on its way; held events do not count."""
        until = time.monotonic() + timeout
        with self._wake:
            while self._queue or self._sending:
                if not self._wake.wait(max(0.0, until - time.monotonic())):
                    return False
            return True

    def state(self) -> dict[str, Any]:
        with self._wake:
            return {"mode": self.mode, "delay": self.delay, "held": list(self._held),
                    "queued": [item.event_id for item in sorted(self._queue)],
                    "log": list(self.log)}  # fmt: skip

    def reset(self) -> None:
        with self._wake:
            self._queue.clear()
            self._held.clear()
            self.log.clear()
            self.mode, self.delay = "normal", 0.0
            self._wake.notify_all()

    def _push(self, event_id: str, late: float, **more: Any) -> None:
        self._count += 1
        heapq.heappush(
            self._queue, Delivery(time.monotonic() + late, self._count, event_id, **more)
        )
        self._wake.notify()

    def _work(self) -> None:
        while True:
            with self._wake:
                while not self._stopped and not (self._queue and self._is_due()):
                    pause = self._queue[0].due - time.monotonic() if self._queue else None
                    self._wake.wait(pause)
                if self._stopped:
                    return
                item = heapq.heappop(self._queue)
                self._sending += 1
            try:
                self._deliver(item)
            finally:
                with self._wake:
                    self._sending -= 1
                    self._wake.notify_all()

    def _is_due(self) -> bool:
        return self._queue[0].due <= time.monotonic()

    def _deliver(self, item: Delivery) -> None:
        event = self.store.get("event", item.event_id)
        if not event:
            return
        status, problem = self._post(event, item)
        accepted = 200 <= status < 300
        self.log.append({"event": event["id"], "type": event["type"], "attempt": item.attempt + 1,
                         "status": status, "problem": problem, "at": time.time()})  # fmt: skip
        if accepted:
            with self.store.transaction():
                if self.store.get("event", event["id"]) is event:  # not reset meanwhile
                    event["pending_webhooks"] = 0
                    self.store.put("event", event)
            return
        backoff = self.store.settings.retry_backoff
        if not item.final and item.attempt < len(backoff):
            with self._wake:
                self._push(event["id"], backoff[item.attempt], attempt=item.attempt + 1)

    def _post(self, event: dict[str, Any], item: Delivery) -> tuple[int, str | None]:
        settings = self.store.settings
        target = urlsplit(settings.webhook_url or "")
        payload = json.dumps({**event, "pending_webhooks": 1}, indent=2).encode()
        stamp = int(time.time()) - item.age
        kind = (
            http.client.HTTPSConnection if target.scheme == "https" else http.client.HTTPConnection
        )
        connection = kind(target.hostname or "", target.port, timeout=settings.webhook_timeout)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
            "Stripe-Signature": signature(payload, item.secret or settings.webhook_secret, stamp),
        }
        path = (target.path or "/") + (f"?{target.query}" if target.query else "")
        try:
            connection.request("POST", path, payload, headers)
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException) as problem:
            return 0, f"{type(problem).__name__}: {problem}"
        else:
            return response.status, None
        finally:
            connection.close()
