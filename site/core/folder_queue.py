"""The broker that needs no server: kombu's filesystem transport, with whole messages only.

kombu 5.7 writes a message under its final name, so that a worker polling at that moment
reads an empty file, fails to decode it and ends. Here a message is written aside and
renamed, which on one file system is atomic. The tables of who listens are written the
same way.
"""

import fcntl
import threading
import time
import uuid
from pathlib import Path
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps

_binding = threading.Lock()


class Channel(filesystem.Channel):
    """A channel whose messages appear complete or not at all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for folder in (self.data_folder_in, self.data_folder_out, self.control_folder):
            Path(folder).mkdir(parents=True, exist_ok=True)

    # The two kombu classes above name this parameter differently.
    def _put(  # type: ignore[override]
        self, queue: str, payload: dict[str, Any], **kwargs: Any
    ) -> None:
        folder, token = Path(self.data_folder_out), uuid.uuid4()
        draft = folder / f".{token}.draft"
        try:
            draft.write_text(dumps(payload), encoding="utf-8")
            # Sorted names are the order of delivery.
            draft.rename(folder / f"{round(time.monotonic() * 1000)}_{token}.{queue}.msg")
        except OSError as error:
            raise ChannelError(f"cannot add a message to {folder}") from error

    def queue_bind(self, *args: Any, **kwargs: Any) -> None:
        """Bind, and return only when the binding is on disk.

        kombu notes a binding in memory before it writes it down: another thread would then
        publish by a table that is not there yet, and its message would reach nobody.
        """
        with _binding:
            super().queue_bind(*args, **kwargs)

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        """Add one row to the exchange's table; other processes read the old one or the new."""
        file = self._exchange_file(exchange)
        row = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with (self.control_folder / "bindings.lock").open("w") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            table = self.get_table(exchange)
            if row not in table:
                draft = file.with_suffix(".draft")
                draft.write_text(dumps([row, *table]), encoding="utf-8")
                draft.rename(file)


class Transport(filesystem.Transport):
    """``folder://``."""

    Channel = Channel
    driver_name = "folder"
