"""A Redis database of one test's own: no worker of another test or run answers its bell."""

from collections.abc import Iterator
from contextlib import contextmanager

import redis
from django.conf import settings

from tests.waiting import wait_until

# Says for good that tests may empty this database, and for a while that one of them has it.
TESTS, TAKEN = "aixin-tests", "aixin-tests-taken"
# A run that was killed frees its database after this; longer than any test may take.
LEASE_SECONDS = 7200


@contextmanager
def own_redis() -> Iterator[str]:
    """Yield the address of an empty database, and leave it empty."""
    server = str(settings.REDIS_TEST_URL).rsplit("/", 1)[0]
    addresses = [f"{server}/{number}" for number in range(1, 16)]
    taken = wait_until(lambda: next(filter(_take, addresses), ""), "a free Redis database")
    try:
        yield taken
    finally:
        with redis.Redis.from_url(taken) as client:
            client.flushdb()


def _take(address: str) -> bool:
    """Reserve the database if it is empty, or was a test's and is no longer."""
    with redis.Redis.from_url(address) as client:
        if client.dbsize() and not client.exists(TESTS):
            return False
        if not client.set(TAKEN, "1", nx=True, ex=LEASE_SECONDS):
            return False
        client.set(TESTS, "1")
        if left := [key for key in client.scan_iter() if key.decode() not in {TESTS, TAKEN}]:
            client.delete(*left)
        return True
