"""Migrations are complete, named, and go back as they came."""

import re
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests import databases
from tests.architecture.sources import ROOT

OURS = ("accounts", "core", "matching", "donations", "cms", "search")


@pytest.mark.django_db
def test_no_model_change_is_without_its_migration():
    call_command("makemigrations", *OURS, check=True, dry_run=True, verbosity=0)


def test_migrations_have_names():
    unnamed = [
        path.name
        for folder in ("site", "matching", "donations", "cms", "search")
        for path in (ROOT / folder).rglob("migrations/0*.py")
        if re.search(r"_auto_|alter_\w+_and_more", path.name)
    ]
    assert unnamed == []


@pytest.mark.django_db
def test_every_operation_can_be_reversed():
    loader = MigrationLoader(connection)
    stuck = [
        f"{app}.{name}: {operation}"
        for (app, name), migration in loader.disk_migrations.items()
        if app in OURS
        for operation in migration.operations
        if not operation.reversible
    ]
    assert stuck == []


@pytest.mark.long
def test_our_apps_migrate_back_to_nothing(committed_db):
    """Runs in processes of its own: Django keeps state about migrations it has applied."""
    url = databases.url()
    import os

    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "AIXIN_ENV": "test",
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    connection.close()
    for app in ("donations", "search", "cms", "matching"):
        subprocess.run(
            [sys.executable, str(ROOT / "site/manage.py"), "migrate", app, "zero", "-v", "0"],
            env=environment,
            check=True,
        )
