"""All objects of one stand-in, in memory, with a clock, timers and an optional journal."""

import heapq
import json
import secrets
import string
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .settings import Settings

ALPHANUMERIC = string.ascii_letters + string.digits
LENGTHS = {"cs_test_": 58, "req_": 14}


def new_id(prefix: str) -> str:
    letters = LENGTHS.get(prefix, 24)
    return prefix + "".join(secrets.choice(ALPHANUMERIC) for _ in range(letters))


class Store:
    """Tables of plain dicts. Change them only inside ``transaction()``, and ``put`` what changed.

    The table ``private`` keeps what Stripe knows and does not show (line items, the instrument
    of a payment that waits), by the id of the object it belongs to.
    """

    def __init__(self, settings: Settings, journal: Path | None = None) -> None:
        self.settings = settings
        self.lock = threading.RLock()
        self.tables: dict[str, dict[str, Any]] = {}
        self.on_events: Callable[[list[dict[str, Any]]], None] = lambda _events: None
        self.clock_offset = 0.0
        self._depth = 0
        self._changed: dict[tuple[str, str], Any] = {}
        self._new_events: list[dict[str, Any]] = []
        self._timers: list[tuple[float, str]] = []
        self._journal = journal
        if journal and journal.exists():
            self._load(journal)

    def now(self) -> int:
        return int(self.clock())

    def clock(self) -> float:
        return time.time() + self.clock_offset

    def table(self, name: str) -> dict[str, Any]:
        return self.tables.setdefault(name, {})

    def get(self, table: str, key: str | None) -> Any | None:
        return self.table(table).get(key) if key else None

    def put(self, table: str, value: dict[str, Any], key: str | None = None) -> dict[str, Any]:
        name = key or value["id"]
        self.table(table)[name] = value
        self._changed[table, name] = value
        return value

    def delete(self, table: str, key: str) -> None:
        if self.table(table).pop(key, None) is not None:
            self._changed[table, key] = None

    def private(self, key: str, **changes: Any) -> dict[str, Any]:
        known = self.table("private").get(key, {})
        return self.put("private", {**known, **changes}, key) if changes else known

    @contextmanager
    def transaction(self) -> Iterator["Store"]:
        """One caller at a time; nested calls join. At the end the journal and webhooks follow.

        An exception does not undo changes: a declined card leaves its failed charge behind.
        """
        with self.lock:
            self._depth += 1
            try:
                yield self
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._finish()

    def announce(self, event: dict[str, Any]) -> None:
        self._new_events.append(event)

    def start_timer(self, seconds: float, kind: str, target: str) -> None:
        """Have ``kind`` done to ``target`` by the sweep, ``seconds`` from now on this clock."""
        timer = {"id": new_id("tmr_"), "due": self.clock() + seconds, "kind": kind, "on": target}
        self.put("timer", timer)
        heapq.heappush(self._timers, (timer["due"], timer["id"]))

    def due_timers(self) -> Iterator[dict[str, Any]]:
        while self._timers and self._timers[0][0] <= self.clock():
            _, key = heapq.heappop(self._timers)
            timer = self.get("timer", key)
            if timer:
                self.delete("timer", key)
                yield timer

    def reset(self) -> None:
        with self.lock:
            self.tables.clear()
            self._changed.clear()
            self._new_events.clear()
            self._timers.clear()
            self.clock_offset = 0.0
            if self._journal:
                self._journal.unlink(missing_ok=True)

    def _finish(self) -> None:
        changed, self._changed = self._changed, {}
        events, self._new_events = self._new_events, []
        if changed and self._journal:
            lines = [[table, key, value] for (table, key), value in changed.items()]
            with self._journal.open("a", encoding="utf-8") as file:
                file.write(json.dumps(lines, ensure_ascii=False) + "\n")
        if events:
            self.on_events(events)

    def _load(self, journal: Path) -> None:
        """Replay the journal, one change set a line; a torn last line never happened."""
        for line in journal.read_text(encoding="utf-8").splitlines():
            try:
                changes = json.loads(line)
            except json.JSONDecodeError:
                break
            for table, key, value in changes:
                if value is None:
                    self.table(table).pop(key, None)
                else:
                    self.table(table)[key] = value
        self._timers = [(timer["due"], key) for key, timer in self.table("timer").items()]
        heapq.heapify(self._timers)
        self._compact(journal)

    def _compact(self, journal: Path) -> None:
        rows = [
            [table, key, value]
            for table, rows in self.tables.items()
            for key, value in rows.items()
        ]
        fresh = journal.with_name(journal.name + ".new")
        fresh.write_text(json.dumps(rows, ensure_ascii=False) + "\n", encoding="utf-8")
        fresh.replace(journal)
