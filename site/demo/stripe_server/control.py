"""``/_test/…``: the strings a test pulls. JSON in, JSON out, no key needed."""

import json
from collections.abc import Callable
from typing import Any

from . import paying, refunding
from .answers import Answer, as_json
from .faults import Fault, Faults
from .state import Store
from .sweep import sweep
from .webhooks import Dispatcher


class Control:
    def __init__(self, store: Store, dispatcher: Dispatcher, faults: Faults) -> None:
        self.store = store
        self.dispatcher = dispatcher
        self.faults = faults

    def handle(self, method: str, path: str, body: bytes) -> Answer:
        parts = path.removeprefix("/_test/").strip("/").split("/")
        if method == "GET" and parts == ["state"]:
            return as_json(self.state())
        act = self._action(parts) if method == "POST" else None
        if act is None:
            return as_json({"error": f"no control route {method} {path}"}, 404)
        try:
            given = json.loads(body or b"{}")
            return as_json(act(**given))
        except (TypeError, ValueError, KeyError, AttributeError) as problem:
            return as_json({"error": f"{type(problem).__name__}: {problem}"}, 400)

    def state(self) -> dict[str, Any]:
        with self.store.lock:
            return {
                "now": self.store.now(),
                "counts": {name: len(rows) for name, rows in self.store.tables.items()},
                "sessions": list(self.store.table("checkout.session").values()),
                "payment_intents": list(self.store.table("payment_intent").values()),
                "refunds": list(self.store.table("refund").values()),
                "webhooks": self.dispatcher.state(),
                "faults": self.faults.planned(),
            }

    def _action(self, parts: list[str]) -> Callable[..., dict[str, Any]] | None:
        plain = {
            ("webhooks",): self._webhooks,
            ("webhooks", "flush"): self._flush,
            ("fault",): self._fault,
            ("clock",): self._clock,
            ("settings",): self._settings,
            ("reset",): self._reset,
        }.get(tuple(parts))
        if plain or len(parts) < 2:
            return plain
        named = {("events", "resend"): self._resend, ("sessions", "pay"): self._pay,
                 ("refunds", "fail"): self._fail_refund}.get((parts[0], parts[-1]))  # fmt: skip
        if named is None or len(parts) != 3:
            return None
        return lambda **given: named(parts[1], **given)

    def _webhooks(self, mode: str = "normal", delay: float = 0.0, seed: int | None = None) -> Any:
        self.dispatcher.configure(mode, delay, seed)
        return {"mode": mode, "delay": delay}

    def _flush(self, order: str = "normal", copies: int = 1) -> Any:
        return {"sent": self.dispatcher.flush(order, copies)}

    def _fault(self, mode: str, **more: Any) -> Any:
        if mode == "none":
            self.faults.clear()
        else:
            self.faults.plan(Fault(mode, **more))
        return {"faults": self.faults.planned()}

    def _clock(self, advance: float) -> Any:
        with self.store.transaction():
            self.store.clock_offset += advance
        sweep(self.store)
        return {"now": self.store.now()}

    def _settings(self, **given: float) -> Any:
        known = ("settlement_delay", "balance_delay", "refund_delay")
        for name, value in given.items():
            if name not in known:
                raise ValueError(f"{name} is not one of {', '.join(known)}")
            setattr(self.store.settings, name, float(value))
        return {name: getattr(self.store.settings, name) for name in known}

    def _reset(self) -> Any:
        self.faults.clear()
        self.store.reset()
        self.dispatcher.reset()
        return {"reset": True}

    def _resend(self, event_id: str, **how: Any) -> Any:
        if not self.store.get("event", event_id):
            raise KeyError(event_id)
        self.dispatcher.resend(event_id, **how)
        return {"resent": event_id}

    def _pay(self, session_id: str, **how: Any) -> Any:
        return paying.pay(self.store, session_id, **how)

    def _fail_refund(self, refund_id: str) -> Any:
        with self.store.transaction():
            refund = self.store.get("refund", refund_id)
            if not refund or refund["status"] == "failed":
                raise KeyError(refund_id)
            refunding.fail(self.store, refund)
            return dict(refund)
