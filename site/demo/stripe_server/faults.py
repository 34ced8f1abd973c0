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
        # Set once the waits of earlier faults are over, whatever their seconds.
        self._over = threading.Event()
        self.waiting = 0

    def plan(self, fault: Fault) -> None:
        with self._lock:
            self._planned.append(fault)
            self._over.clear()

    def clear(self) -> None:
        """Call off what is planned, and let those go who wait in a fault."""
        with self._lock:
            self._planned.clear()
            self._over.set()

    def wait(self, fault: Fault) -> None:
        """Return when the fault's seconds are over, or it is called off."""
        with self._lock:
            self.waiting += 1
        self._over.wait(fault.seconds)
        with self._lock:
            self.waiting -= 1

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
