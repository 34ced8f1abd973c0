"""``python -m tests.benchmarks [B1 B6 …] [--rounds N] [--seconds S] [--write]``."""

import argparse
import os

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
os.environ.setdefault("AIXIN_ENV", "test")

import django

django.setup()

from django.db import connection  # noqa: E402 Django first

from tests import databases  # noqa: E402
from tests.benchmarks.suite import RESULTS, Effort, document, run, table  # noqa: E402

ASKED = ("server_version", "fsync", "synchronous_commit", "shared_buffers", "jit")


def surroundings() -> list[str]:
    """Return what the figures depend on besides the code."""
    facts = [f"{os.cpu_count()} processors"]
    if connection.vendor != "postgresql":
        return [*facts, "SQLite"]
    with connection.cursor() as cursor:
        for name in ASKED:
            cursor.execute(f"SHOW {name}")
            facts.append(f"PostgreSQL {name} = {cursor.fetchone()[0]}")
    return facts


def main() -> None:
    """Run, print, and write on request. Works in a database of its own."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="B1")
    parser.add_argument("--rounds", type=int, default=Effort().rounds)
    parser.add_argument("--seconds", type=float, default=Effort().seconds)
    parser.add_argument("--write", action="store_true", help=f"renew {RESULTS.name}")
    options = parser.parse_args()
    effort = Effort(options.rounds, options.seconds)
    databases.create("bench")
    try:
        rows = run(options.names, effort, lambda text: print(text, flush=True))
        page = document(rows, surroundings(), effort)
    finally:
        databases.destroy()
    print(table(rows))
    if options.write:
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
