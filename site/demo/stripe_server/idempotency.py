"""Idempotency keys: one piece of work a key, however often it is asked for."""

import threading
from typing import Any

from .errors import StripeError
from .state import Store

KEPT_SECONDS = 24 * 60 * 60


class IdempotencyKeys:
    """Finished answers are kept in the store; keys now at work in memory."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._at_work: set[str] = set()

    def claim(self, key: str, path: str, params: dict[str, Any]) -> dict[str, Any] | None:
        """The kept answer (``status``, ``body``, ``request_id``), or None: the work is yours.

        Raises StripeError when the key is at work elsewhere (409) or means other work (400).
        """
        if not key or len(key) > 255:
            raise StripeError(
                "Idempotency key is too long, maximum 255 characters.", kind="idempotency_error"
            )
        with self._lock:
            if key in self._at_work:
                raise StripeError(
                    "There is currently another in-progress request using this Idempotent Key "
                    "(that probably means you submitted twice, and the other request is still "
                    f"going through): {key}. Please try again later.",
                    status=409,
                    kind="idempotency_error",
                    code="idempotency_key_in_use",
                )
            kept = self._store.get("idempotency", key)
            if kept and kept["created"] + KEPT_SECONDS > self._store.now():
                _compare(kept, key, path, params)
                return kept
            self._at_work.add(key)
            return None

    def keep(self, key: str, path: str, params: dict[str, Any], **answer: Any) -> None:
        kept = {"path": path, "params": params, "created": self._store.now(), **answer}
        with self._store.transaction():
            self._store.put("idempotency", kept, key)

    def release(self, key: str) -> None:
        with self._lock:
            self._at_work.discard(key)


def _compare(kept: dict[str, Any], key: str, path: str, params: dict[str, Any]) -> None:
    other = f"Try using a key other than '{key}' if you meant to execute a different request."
    if kept["path"] != path:
        raise StripeError(
            "Keys for idempotent requests can only be used for the same endpoint they were first "
            f"used for ('{path}' vs '{kept['path']}'). {other}",
            kind="idempotency_error",
        )
    if kept["params"] != params:
        raise StripeError(
            "Keys for idempotent requests can only be used with the same parameters they were "
            f"first used with. {other}",
            kind="idempotency_error",
        )
