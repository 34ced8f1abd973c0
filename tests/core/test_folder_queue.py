"""The folder broker: many writers and a reader, and never half a message."""

import threading
from queue import Empty

from kombu import Connection

from core.folder_queue import Transport


def test_messages_appear_whole(tmp_path):
    options = {
        "data_folder_in": str(tmp_path),
        "data_folder_out": str(tmp_path),
        "control_folder": str(tmp_path / "control"),
        "store_processed": False,
    }
    writers, each = 4, 100
    got: list[int] = []

    def write(number: int) -> None:
        with Connection(transport=Transport, transport_options=options) as connection:
            queue = connection.SimpleQueue("probe")
            for index in range(each):
                queue.put(number * each + index)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    with Connection(transport=Transport, transport_options=options) as connection:
        channel = connection.default_channel
        for thread in threads:
            thread.start()
        while len(got) < writers * each:
            try:
                message = channel._get("probe")
            except Empty:
                if not any(thread.is_alive() for thread in threads):
                    break
                continue
            got.append(channel.Message(message, channel=channel).payload)
        for thread in threads:
            thread.join()
    while True:
        try:
            got.append(channel.Message(channel._get("probe"), channel=channel).payload)
        except Empty:
            break

    assert sorted(got) == list(range(writers * each))
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".draft"] == []
