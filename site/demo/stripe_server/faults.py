"""Faults on demand: the next few API requests fail the way networks and Stripe do."""

import threading
from dataclasses import asdict, dataclass
from typing import Any

MODES = ("timeout", "drop", "drop_after", "slow", "429", "lock_timeout", "500")


@dataclass(slots=True)
class Fault:
    """``timeout`` works, waits ``seconds``, then hangs up; ``drop_after`` works and hangs up;

    ``drop`` hangs up before the work; ``slow`` waits first, then answers; the rest are answers.
    """

    mode: str
    path: str = "/v1/"
    method: str | None = None
    count: int = 1
    seconds: float = 30.0

    def __post_init__(self) -> None:
        self.mode = str(self.mode)
        if self.mode not in MODES:
            raise ValueError(f"mode must be one of {', '.join(MODES)}")


class Faults:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._planned: list[Fault] = []

    def plan(self, fault: Fault) -> None:
        with self._lock:
            self._planned.append(fault)

    def clear(self) -> None:
        with self._lock:
            self._planned.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """The fault this request meets, counted down."""
        with self._lock:
            for fault in self._planned:
                if path.startswith(fault.path) and fault.method in {None, method}:
                    fault.count -= 1
                    if fault.count <= 0:
                        self._planned.remove(fault)
                    return fault
        return None

    def planned(self) -> list[dict[str, Any]]:
        with self._lock:
            return [asdict(fault) for fault in self._planned]
