"""``python -m tests.upgrade NAME``: keep a small county on today's schema, and the digests.

Run once when migrations are frozen, with ``DATABASE_URL`` set to PostgreSQL: both kinds of
database are written. A kept database is never written again.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.upgrade import dumps

FILL = """
import django; django.setup()
import json
from tests.upgrade import county
county.seed()
print(json.dumps(county.figures()))
"""


def main(name: str) -> None:
    """Make, fill and keep a database of each kind."""
    server = os.environ["DATABASE_URL"]
    dumps.FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "county.sqlite3"
        told = filled(f"sqlite:///{file}")
        dumps.written("sqlite", str(file), dumps.FOLDER / f"{name}.sqlite.gz")
    base = f"{server.rsplit('/', 1)[0]}/postgres"
    subprocess.run(["psql", "-q", base, "-c", "CREATE DATABASE aixin_kept"], check=True)
    try:
        address = f"{server.rsplit('/', 1)[0]}/aixin_kept"
        if filled(address) != told:
            raise SystemExit("The county on PostgreSQL is not the one on SQLite.")
        dumps.written("postgresql", address, dumps.FOLDER / f"{name}.postgresql.gz")
    finally:
        subprocess.run(["psql", "-q", base, "-c", "DROP DATABASE aixin_kept"], check=True)
    (dumps.FOLDER / f"{name}.json").write_text(json.dumps(told, indent=1), encoding="utf-8")
    digests = json.dumps(dumps.migrations(), indent=1)
    (dumps.FOLDER / "migrations.json").write_text(digests + "\n", encoding="utf-8")


def filled(address: str) -> dict[str, object]:
    """Migrate an empty database, fill it, and return its figures."""
    environment = os.environ | {
        "DATABASE_URL": address,
        "AIXIN_ENV": "test",
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": os.pathsep.join([str(dumps.ROOT), str(dumps.ROOT / "site")]),
    }
    manage = [sys.executable, str(dumps.ROOT / "site/manage.py"), "migrate", "-v", "0"]
    subprocess.run(manage, env=environment, check=True)
    done = subprocess.run(
        [sys.executable, "-c", FILL], env=environment, check=True, stdout=subprocess.PIPE
    )
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
