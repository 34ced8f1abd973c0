"""The folder broker: many writers and a reader, never half a message and never one lost."""

import threading
from queue import Empty

import pytest
from kombu import Connection

from core.folder_queue import Transport
from tests.waiting import PATIENCE


@pytest.fixture
def options(tmp_path):
    return {
        "data_folder_in": str(tmp_path / "queue"),
        "data_folder_out": str(tmp_path / "queue"),
        "control_folder": str(tmp_path / "queue/control"),
        "store_processed": False,
    }


def drain(channel, queue: str) -> list[int]:
    """Take what lies in the queue now."""
    got = []
    while True:
        try:
            got.append(channel.Message(channel._get(queue), channel=channel).payload)
        except Empty:
            return got


def test_messages_appear_whole(tmp_path, options):
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
        while any(thread.is_alive() for thread in threads):
            got += drain(channel, "probe")
        for thread in threads:
            thread.join()
        got += drain(channel, "probe")

    assert sorted(got) == list(range(writers * each))
    assert [path.name for path in (tmp_path / "queue").iterdir() if path.suffix == ".draft"] == []


def test_the_first_message_after_a_binding_is_not_lost(options):
    """Threads that meet a new queue at the same moment each reach it."""
    writers, rounds = 8, 25

    def write(number: int, name: str, start: threading.Barrier) -> None:
        with Connection(transport=Transport, transport_options=options) as connection:
            start.wait(PATIENCE)
            connection.SimpleQueue(name).put(number)

    for turn in range(rounds):
        name, start = f"first-{turn}", threading.Barrier(writers)
        threads = [
            threading.Thread(target=write, args=(number, name, start)) for number in range(writers)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with Connection(transport=Transport, transport_options=options) as connection:
            assert sorted(drain(connection.default_channel, name)) == list(range(writers))
