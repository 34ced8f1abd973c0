"""The peer of B1: pgbench with one statement per matched gift, on one row, on this server."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from django.db import connection

from tests.benchmarks.suite import CannotRunError

# As lean as a matched gift can be: the fund is one row, no rule, no cap, no lease.
SCHEMA = """
CREATE SCHEMA peer;
CREATE TABLE peer.fund (id int PRIMARY KEY, remaining bigint NOT NULL CHECK (remaining >= 0))
    WITH (fillfactor = 20);
CREATE TABLE peer.donation (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    donor int NOT NULL, fund int NOT NULL, amount bigint NOT NULL CHECK (amount > 0),
    created timestamptz NOT NULL DEFAULT clock_timestamp());
CREATE TABLE peer.allocation (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    donation_id bigint NOT NULL, fund int NOT NULL, amount bigint NOT NULL);
CREATE TABLE peer.entry (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    donation_id bigint NOT NULL, debit int NOT NULL, credit int NOT NULL, amount bigint NOT NULL);
INSERT INTO peer.fund VALUES (1, 1000000000000);
"""
SCRIPT = """
\\set amt random(100, 10000)
\\set donor random(1, 1000000)
WITH taken AS (UPDATE peer.fund SET remaining = remaining - :amt
               WHERE id = 1 AND remaining >= :amt RETURNING id),
gift AS (INSERT INTO peer.donation (donor, fund, amount)
         SELECT :donor, id, :amt FROM taken RETURNING id),
matched AS (INSERT INTO peer.allocation (donation_id, fund, amount)
            SELECT id, 1, :amt FROM gift)
INSERT INTO peer.entry (donation_id, debit, credit, amount) SELECT id, 10, 20, :amt FROM gift;
"""
PLACES = ("/usr/lib/postgresql/17/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/15/bin")


def pgbench_path() -> str:
    """Return where pgbench is. Raises CannotRunError where it is not."""
    found = shutil.which("pgbench") or next(
        (f"{place}/pgbench" for place in PLACES if Path(place, "pgbench").exists()), None
    )
    if connection.vendor != "postgresql":
        raise CannotRunError("DATABASE_URL is not PostgreSQL (make services).")
    if found is None:
        raise CannotRunError("pgbench is not installed (Debian: postgresql-contrib).")
    return found


def prepare() -> None:
    """Lay the peer's tables beside ours, in the same database."""
    with connection.cursor() as cursor:
        cursor.execute(SCHEMA)


def rate(database_url: str, *, clients: int, seconds: float) -> float:
    """Return matched gifts a second, counted in the tables rather than believed."""
    before = _counted()
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(SCRIPT)
        script.flush()
        done = subprocess.run(
            [
                pgbench_path(),
                *("--no-vacuum", "--protocol=prepared", f"--file={script.name}"),
                *(f"--client={clients}", f"--jobs={min(clients, 8)}"),
                *(f"--time={max(round(seconds), 1)}", database_url),
            ],
            capture_output=True,
            text=True,
            check=True,
        )
    processed = int(re.search(r"actually processed: (\d+)", done.stdout)[1])
    seconds_taken = processed / float(re.search(r"tps = ([\d.]+)", done.stdout)[1])
    counted = _counted() - before
    assert counted == processed, f"pgbench says {processed}, its tables say {counted}"
    return counted / seconds_taken


def _counted() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT COUNT(*) FROM peer.entry), (SELECT SUM(amount) FROM peer.allocation),"
            " (SELECT 1000000000000 - remaining FROM peer.fund)"
        )
        entries, allocated, taken = cursor.fetchone()
    assert (allocated or 0) == taken, f"allocated {allocated}, taken {taken}"
    return entries
