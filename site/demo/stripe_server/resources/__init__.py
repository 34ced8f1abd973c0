"""The API's resources, one module each: ``SCHEMA``s of parameters and the handlers of routes."""

from dataclasses import dataclass, field
from typing import Any

from ..state import Store


@dataclass(frozen=True, slots=True)
class Call:
    """One API request after its parameters were read; ``key`` is the id in the path."""

    store: Store
    params: dict[str, Any] = field(default_factory=dict)
    key: str = ""
