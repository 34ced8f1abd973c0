"""Waiting ends with what is waited for. How long is too long is said here, and only here."""

import time
from collections.abc import Callable
from typing import TypeVar

# Seconds until a wait is given up. It measures nothing: it only ends what would never end,
# and a machine with fifteen times more to do than it can must stay within it.
PATIENCE = 600
Found = TypeVar("Found")


def wait_until(condition: Callable[[], Found], what: str | Callable[[], str]) -> Found:
    """Return what the condition returns once that is true.

    ``what`` names it, or is asked for words at the end of all patience. A condition that
    can no longer come about raises on its own.
    """
    deadline = time.monotonic() + PATIENCE
    while not (found := condition()):
        if time.monotonic() > deadline:
            said = what if isinstance(what, str) else what()
            raise AssertionError(f"not within {PATIENCE} s: {said}")
        time.sleep(0.05)
    return found
