"""Test databases copied from a migrated template, on SQLite and on PostgreSQL.

Migrating takes 10 to 25 seconds, copying well under one. The template is named by a
digest of all migrations, so a changed migration makes a new one.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import django
import wagtail
from django.conf import settings
from django.db import connection, connections

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = Path(tempfile.gettempdir()) / f"aixin-test-templates-{os.getuid()}"


def chromium_path() -> str | None:
    """Return Chromium's path, if it is installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def digest() -> str:
    """Return a short name for the schema as the migrations make it."""
    total = hashlib.sha256(f"{django.__version__} {wagtail.__version__}".encode())
    for folder in ("site", "matching", "donations", "cms", "search"):
        for path in sorted((ROOT / folder).rglob("migrations/*.py")):
            total.update(path.name.encode() + path.read_bytes())
    total.update((ROOT / "site/core/append_only.py").read_bytes())
    return total.hexdigest()[:12]


@contextmanager
def _locked():
    TEMPLATES.mkdir(exist_ok=True)
    with (TEMPLATES / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _migrate(url: str) -> None:
    """Migrate the database at that address in a process of its own."""
    environment = dict(
        os.environ,
        DJANGO_SETTINGS_MODULE="config.settings.test",
        AIXIN_ENV="test",
        DATABASE_URL=url,
    )
    subprocess.run(
        [sys.executable, str(ROOT / "site/manage.py"), "migrate", "--verbosity", "0"],
        env=environment,
        check=True,
    )


def admin(sql: str) -> None:
    import psycopg

    parameters = connection.get_connection_params()
    parameters.pop("cursor_factory", None)
    parameters.pop("context", None)
    parameters["dbname"] = "postgres"
    with psycopg.connect(**parameters, autocommit=True) as admin:
        admin.execute(sql)


def postgres_template() -> str:
    import psycopg

    name = f"aixin_template_{digest()}"
    with _locked():
        try:
            admin(f"CREATE DATABASE {name}")
        except psycopg.errors.DuplicateDatabase:
            return name
        try:
            _migrate(f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/{name}")
        except BaseException:
            admin(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            raise
    return name


def sqlite_template() -> Path:
    """Return a migrated SQLite file to copy, whatever database this run uses."""
    path = TEMPLATES / f"{digest()}.sqlite3"
    with _locked():
        if not path.exists():
            draft = path.with_suffix(".draft")
            draft.unlink(missing_ok=True)
            _migrate(f"sqlite:///{draft}")
            import sqlite3

            with sqlite3.connect(draft) as handle:
                handle.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            draft.rename(path)
    return path


def create(worker: str) -> None:
    """Give this process a fresh database of its own and point Django at it."""
    suffix = worker or "main"
    config = connection.settings_dict
    if connection.vendor == "postgresql":
        config["NAME"] = f"test_{config['NAME']}_{suffix}_{os.getpid()}"
    else:
        config["NAME"] = str(Path(settings.VAR_DIR) / f"test-{suffix}.sqlite3")
    settings.DATABASES["default"]["NAME"] = config["NAME"]
    restore()


def restore() -> None:
    """Replace the test database by a fresh copy of the template."""
    connections.close_all()
    name = connection.settings_dict["NAME"]
    if connection.vendor == "postgresql":
        template = postgres_template()
        admin(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        admin(f"CREATE DATABASE {name} TEMPLATE {template}")
    else:
        for leftover in ("-wal", "-shm"):
            Path(name + leftover).unlink(missing_ok=True)
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(sqlite_template(), name)


def destroy() -> None:
    """Remove this process's database."""
    connections.close_all()
    name = connection.settings_dict["NAME"]
    if connection.vendor == "postgresql":
        admin(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    else:
        for leftover in ("", "-wal", "-shm"):
            Path(name + leftover).unlink(missing_ok=True)


def url() -> str:
    """Return a DATABASE_URL for the current test database, for child processes."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "postgresql":
        return f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/{name}"
    return f"sqlite:///{name}"


def waiting_for_lock(*words: str) -> bool:
    """Tell whether a statement with these words stands before somebody's lock on PostgreSQL."""
    import psycopg

    with psycopg.connect(url(), autocommit=True) as session:
        rows = session.execute(
            "SELECT query FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        ).fetchall()
    return any(all(word in query for word in words) for (query,) in rows)
