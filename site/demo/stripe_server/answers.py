"""What a handler gives back to the HTTP layer."""

import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Answer:
    status: int
    body: bytes = b""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


def as_json(value: Any, status: int = 200, **headers: str) -> Answer:
    named = {name.replace("_", "-"): item for name, item in headers.items()}
    return Answer(status, json.dumps(value, indent=2).encode(), headers=named)


def redirect(url: str) -> Answer:
    return Answer(303, content_type="text/plain", headers={"Location": url})
