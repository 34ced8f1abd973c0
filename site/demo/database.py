"""Bringing the demo's database to where the demo can start."""

import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from demo.seed import marker


def is_migrated() -> bool:
    """Return whether the schema is the code's."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def migrate() -> None:
    """Bring the schema up to date."""
    call_command("migrate", verbosity=0, interactive=False)


def broken_seeding_clear(say: Callable[[str], None]) -> None:
    """Undo a seeding that was interrupted, where the data are ours alone.

    Raises:
        CommandError: it stands in a database server's database; that is for its owner.
    """
    if not marker.is_broken():
        return
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite":
        raise CommandError(
            f"Loading the demo county into the database «{name}» was interrupted. "
            "Drop that database, create it again empty, and start once more."
        )
    say("The last start was interrupted while loading; beginning anew.")
    connection.close()
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(name + suffix).unlink(missing_ok=True)
    for folder in (Path(settings.EVIDENCE_ROOT), Path(settings.MEDIA_ROOT)):
        if folder.is_relative_to(settings.VAR_DIR):
            shutil.rmtree(folder, ignore_errors=True)
