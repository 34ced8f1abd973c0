"""Calls that start at once, each on a database connection of its own."""

import threading
from collections.abc import Callable, Sequence

from django.db import connection, connections

from tests.waiting import PATIENCE


def at_once(calls: Sequence[Callable[[], object]]) -> list[Exception]:
    """Make the calls in threads behind one barrier; return what they raised."""
    connections.close_all()
    barrier, errors = threading.Barrier(len(calls)), []

    def run(call: Callable[[], object]) -> None:
        try:
            barrier.wait(PATIENCE)
            call()
        except Exception as error:  # noqa: BLE001 told to the test
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors
