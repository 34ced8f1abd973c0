"""Drawn rows that leave nothing behind."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from hypothesis import HealthCheck, settings

# One database serves all examples of a test: each takes its own rows back.
DRAWN = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@contextmanager
def taken_back() -> Iterator[None]:
    """Undo at the end whatever was written inside."""
    block = transaction.atomic()
    # The test's, as Django marks it: the code inside knows nothing of it and may call out.
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)
