"""The broker that needs no server: kombu's filesystem transport, with whole messages only.

kombu 5.7 writes a message under its final name, so that a worker polling at that moment
reads an empty file, fails to decode it and ends. Here a message is written aside and
renamed, which on one file system is atomic.
"""

import time
import uuid
from pathlib import Path
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """A channel whose messages appear complete or not at all."""

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

    def get_table(self, exchange: str) -> list[Any]:
        """Return who listens; another process may just be writing that down."""
        for _attempt in range(50):
            try:
                return super().get_table(exchange)
            except ValueError:
                time.sleep(0.01)
        return super().get_table(exchange)


class Transport(filesystem.Transport):
    """``folder://``."""

    Channel = Channel
    driver_name = "folder"
