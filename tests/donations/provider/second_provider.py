"""A second provider, small: other ids, events, bounds and signature than the first one's."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar

from django.conf import settings

from donations.exceptions import BadSignatureError
from donations.provider.gateways.base import EventMeaning, GatewayEvent
from tests.donations.provider.fake_gateway import InMemoryGateway

HEADER = "X-Lantern-Mac"


class LanternGateway(InMemoryGateway):
    """See ``PaymentGateway``. Its ids are numbers, so its name stands in front of them."""

    name = "lantern"
    label = "灯笼支付"
    methods = "储蓄卡"
    smallest_minor, largest_minor = 50, 500_000
    shortest_page, longest_page = timedelta(minutes=15), timedelta(hours=2)
    repeatable_for = timedelta(hours=6)
    ids: ClassVar = {
        "session": "lantern-page-",
        "intent": "lantern-trade-",
        "charge": "lantern-transfer-",
        "refund": "lantern-return-",
        "dispute": "lantern-claim-",
        "event": "lantern-notice-",
    }
    said: ClassVar = {
        "expired": "page-closed",
        "completed": "page-done",
        "settled": "trade-cleared",
        "not settled": "trade-bounced",
        "paid": "trade-paid",
        "declined": "trade-refused",
        "refunded": "return-sent",
        "refund returned": "return-bounced",
        "disputed": "claim-raised",
        "dispute ended": "claim-decided",
    }

    def __init__(self, *, key: str) -> None:
        super().__init__()
        self._key = key.encode()

    @classmethod
    def configuration(cls) -> dict[str, str]:
        """Return the arguments to make an instance with, from the settings."""
        return {"key": settings.LANTERN_KEY}

    @classmethod
    def payment_pages(cls) -> list[str]:
        """Return the origin of its payment pages."""
        return ["https://pay.lantern.example"]

    @classmethod
    def is_session(cls, object_id: str) -> bool:
        """Return whether an id is a payment page's; else it is a payment's."""
        return object_id.startswith(cls.ids["session"])

    @classmethod
    def meaning(cls, event_type: str) -> EventMeaning:
        """Return what an event of this type may have changed."""
        if event_type.startswith("claim-"):
            return EventMeaning.DISPUTE
        payment = event_type.startswith(("page-", "trade-", "return-"))
        return EventMeaning.PAYMENT if payment else EventMeaning.NOTHING

    def parse_event(self, payload: bytes, headers: Mapping[str, str]) -> GatewayEvent:
        """Verify and read a webhook call."""
        if not hmac.compare_digest(headers.get(HEADER, ""), self._mac(payload)):
            raise BadSignatureError("not ours")
        notice = json.loads(payload)["notice"]
        return next(event for event in self.events if event.id == f"lantern-notice-{notice}")

    def delivery(self, event: GatewayEvent) -> tuple[bytes, dict[str, str]]:
        """Return body and headers of an event's webhook call."""
        notice = event.id.removeprefix("lantern-notice-")
        body = json.dumps({"notice": notice, "what": event.type, "of": event.object_id}).encode()
        return body, {HEADER: self._mac(body)}

    def _mac(self, payload: bytes) -> str:
        return base64.b64encode(hmac.digest(self._key, payload, hashlib.sha512)).decode()
