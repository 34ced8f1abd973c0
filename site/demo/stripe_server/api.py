"""One API request from its headers to its answer: key, fault, idempotency, work."""

import base64
import binascii
import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from . import forms, routing
from .answers import Answer, as_json
from .errors import StripeError, lock_timeout, no_key, rate_limited, server_error, wrong_key
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
    """``status`` 0: dropped before the work."""

    method: str
    path: str
    idempotency_key: str | None
    status: int
    request_id: str
    replayed: bool


@dataclass(slots=True)
class Request:
    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""
    id: str = field(default_factory=lambda: new_id("req_"))
    fault: Fault | None = None

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def idempotency_key(self) -> str | None:
        return self.headers.get("Idempotency-Key") if self.method == "POST" else None

    def meets(self, mode: str) -> bool:
        return bool(self.fault and self.fault.mode == mode)


class Api:
    def __init__(self, store: Store, faults: Faults) -> None:
        self.store = store
        self.faults = faults
        self.keys = IdempotencyKeys(store)
        self.log: deque[Logged] = deque(maxlen=20_000)

    def handle(self, request: Request) -> Answer:
        """The answer to one request; raises HangUpError where a fault cuts the line."""
        request.fault = self.faults.take(request.method, request.path)
        if request.meets("drop"):
            self._record(request, 0)
            raise HangUpError
        try:
            answer = self._answer(request)
        except StripeError as refused:
            answer = as_json(refused.body(request.id), refused.status)
        self._record(request, answer.status, replayed="Idempotent-Replayed" in answer.headers)
        if request.fault and request.fault.mode in {"timeout", "drop_after"}:
            if request.fault.mode == "timeout":
                self.faults.wait(request.fault)
            raise HangUpError
        answer.headers |= {"Request-Id": request.id, "Stripe-Version": API_VERSION}
        if request.idempotency_key:
            answer.headers["Idempotency-Key"] = request.idempotency_key
        return answer

    def _answer(self, request: Request) -> Answer:
        self._authenticate(request.headers)
        _check_version(request.headers)
        if request.fault and request.fault.mode in REFUSALS:
            raise REFUSALS[request.fault.mode]()
        route, wanted = routing.find(request.method, request.path)
        raw = _parameters(request)
        key = request.idempotency_key
        if key is None:
            self._be_slow(request)
            return self._work(request, route, wanted, raw)
        kept = self.keys.claim(key, request.path, raw)
        if kept:
            return as_json(
                kept["body"],
                kept["status"],
                Idempotent_Replayed="true",
                Original_Request=kept["request_id"],
            )
        try:
            self._be_slow(request)
            return self._kept_work(request, route, wanted, raw)
        finally:
            self.keys.release(key)

    def _be_slow(self, request: Request) -> None:
        if request.fault and request.fault.mode == "slow":
            self.faults.wait(request.fault)

    def _kept_work(
        self, request: Request, route: routing.Route, wanted: str, raw: dict[str, Any]
    ) -> Answer:
        """The work and the record of its answer are one change of the store."""
        with self.store.transaction():
            try:
                answer = self._work(request, route, wanted, raw)
            except StripeError as refused:
                if not refused.executed:
                    raise
                answer = as_json(refused.body(request.id), refused.status)
            self.keys.keep(
                request.idempotency_key or "",
                request.path,
                raw,
                status=answer.status,
                body=json.loads(answer.body),
                request_id=request.id,
            )
            return answer

    def _work(
        self, request: Request, route: routing.Route, wanted: str, raw: dict[str, Any]
    ) -> Answer:
        if request.meets("500"):
            raise server_error()
        sweep(self.store)
        token = REQUEST.set({"id": request.id, "idempotency_key": request.idempotency_key})
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

    def _record(self, request: Request, status: int, *, replayed: bool = False) -> None:
        self.log.append(
            Logged(
                request.method, request.path, request.idempotency_key, status, request.id, replayed
            )
        )


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


def _parameters(request: Request) -> dict[str, Any]:
    query = urlsplit(request.target).query
    if request.method != "POST" or not request.body:
        return forms.parse(query)
    if request.headers.get("Content-Type", FORM).partition(";")[0].strip() != FORM:
        raise StripeError(
            "Invalid request (check that your POST content type is "
            "application/x-www-form-urlencoded). If you have questions, we can help at "
            "https://support.stripe.com/."
        )
    try:
        body = request.body.decode()
    except UnicodeDecodeError:
        raise StripeError("Invalid request: the body is not UTF-8") from None
    return forms.parse("&".join(part for part in (query, body) if part))
