"""One API request from its headers to its answer: key, fault, idempotency, work."""

import base64
import binascii
import json
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from . import forms, routing
from .answers import Answer, as_json
from .errors import (
    StripeError, lock_timeout, no_key, rate_limited, server_error, wrong_key,
)  # fmt: skip
from .events import REQUEST
from .faults import Fault, Faults
from .idempotency import IdempotencyKeys
from .settings import API_VERSION
from .state import Store, new_id
from .sweep import sweep

FORM = "application/x-www-form-urlencoded"
REFUSALS = {"429": rate_limited, "lock_timeout": lock_timeout}


class HangUpError(Exception):
    """Close the connection without an answer."""


@dataclass(frozen=True, slots=True)
class Logged:
    method: str
    path: str
    idempotency_key: str | None
    status: int
    request_id: str
    replayed: bool


class Api:
    def __init__(self, store: Store, faults: Faults, stopping: threading.Event) -> None:
        self.store = store
        self.faults = faults
        self.stopping = stopping
        self.keys = IdempotencyKeys(store)
        self.log: deque[Logged] = deque(maxlen=20_000)

    def handle(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """The answer to one request; raises HangUpError where a fault cuts the line."""
        request_id = new_id("req_")
        path = urlsplit(target).path
        key = headers.get("Idempotency-Key") if method == "POST" else None
        fault = self.faults.take(method, path)
        try:
            if fault and fault.mode == "drop":
                raise HangUpError
            if fault and fault.mode == "slow" and not key:
                self.stopping.wait(fault.seconds)
            answer = self._answer(method, target, headers, body, request_id, key, fault)
        except StripeError as refused:
            answer = as_json(refused.body(request_id), refused.status)
        except HangUpError:
            self._record(method, path, key, 0, request_id)
            raise
        self._record(method, path, key, answer.status, request_id, answer)
        if fault and fault.mode in {"timeout", "drop_after"}:
            if fault.mode == "timeout":
                self.stopping.wait(fault.seconds)
            raise HangUpError
        answer.headers |= {"Request-Id": request_id, "Stripe-Version": API_VERSION}
        if key:
            answer.headers["Idempotency-Key"] = key
        return answer

    def _answer(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes, request_id: str,
        key: str | None, fault: Fault | None,
    ) -> Answer:  # fmt: skip
        self._authenticate(headers)
        _check_version(headers)
        if fault and fault.mode in REFUSALS:
            raise REFUSALS[fault.mode]()
        route, wanted = routing.find(method, urlsplit(target).path)
        raw = _parameters(method, target, headers, body)
        if key is None:
            return self._work(route, wanted, raw, request_id, None, fault)
        return self._once(key, route, wanted, raw, request_id, urlsplit(target).path, fault)

    def _once(
        self, key: str, route: routing.Route, wanted: str, raw: dict[str, Any], request_id: str,
        path: str, fault: Fault | None,
    ) -> Answer:  # fmt: skip
        kept = self.keys.claim(key, path, raw)
        if kept:
            return as_json(
                kept["body"],
                kept["status"],
                Idempotent_Replayed="true",
                Original_Request=kept["request_id"],
            )
        try:
            if fault and fault.mode == "slow":
                self.stopping.wait(fault.seconds)
            return self._kept_work(key, route, wanted, raw, request_id, path, fault)
        finally:
            self.keys.release(key)

    def _kept_work(
        self, key: str, route: routing.Route, wanted: str, raw: dict[str, Any], request_id: str,
        path: str, fault: Fault | None,
    ) -> Answer:  # fmt: skip
        with self.store.transaction():
            try:
                answer = self._work(route, wanted, raw, request_id, key, fault)
            except StripeError as refused:
                if refused.executed:
                    body = refused.body(request_id)
                    self._keep(key, path, raw, refused.status, body, request_id)
                    return as_json(body, refused.status)
                raise
            self._keep(key, path, raw, answer.status, answer.body, request_id)
            return answer

    def _keep(
        self, key: str, path: str, raw: dict[str, Any], status: int, body: Any, request_id: str
    ) -> None:
        value = json.loads(body) if isinstance(body, bytes) else json.loads(json.dumps(body))
        self.keys.keep(key, path, raw, status=status, body=value, request_id=request_id)

    def _work(
        self, route: routing.Route, wanted: str, raw: dict[str, Any], request_id: str,
        key: str | None, fault: Fault | None,
    ) -> Answer:  # fmt: skip
        if fault and fault.mode == "500":
            raise server_error()
        sweep(self.store)
        token = REQUEST.set({"id": request_id, "idempotency_key": key})
        try:
            with self.store.transaction():
                return as_json(routing.run(self.store, route, wanted, raw))
        finally:
            REQUEST.reset(token)

    def _authenticate(self, headers: Mapping[str, str]) -> None:
        given = _key_of(headers.get("Authorization", ""))
        if not given:
            raise no_key()
        wanted = self.store.settings.api_key
        if not given.startswith("sk_test_") or (wanted and given != wanted):
            raise wrong_key(given)

    def _record(
        self, method: str, path: str, key: str | None, status: int, request_id: str,
        answer: Answer | None = None,
    ) -> None:  # fmt: skip
        replayed = bool(answer and "Idempotent-Replayed" in answer.headers)
        self.log.append(Logged(method, path, key, status, request_id, replayed))


def _key_of(header: str) -> str:
    scheme, _, rest = header.partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(rest, validate=True).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return ""


def _check_version(headers: Mapping[str, str]) -> None:
    given = headers.get("Stripe-Version", API_VERSION)
    if given != API_VERSION:
        raise StripeError(
            f"Invalid Stripe API version: {given}. The stand-in speaks {API_VERSION} only."
        )


def _parameters(
    method: str, target: str, headers: Mapping[str, str], body: bytes
) -> dict[str, Any]:
    query = urlsplit(target).query
    if method != "POST" or not body:
        return forms.parse(query)
    if headers.get("Content-Type", FORM).partition(";")[0].strip() != FORM:
        raise StripeError(
            "Invalid request (check that your POST content type is "
            "application/x-www-form-urlencoded). If you have questions, we can help at "
            "https://support.stripe.com/."
        )
    try:
        return forms.parse("&".join(part for part in (query, body.decode()) if part))
    except UnicodeDecodeError:
        raise StripeError("Invalid request: the body is not UTF-8") from None
