"""Migrations are frozen, and a database that an earlier release left is brought to today's."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection, connections

from tests import databases
from tests.upgrade import dumps

COUNT = """
import django; django.setup()
import json
from tests.upgrade import county
print(json.dumps(county.figures()))
"""


def test_a_frozen_migration_is_as_it_was():
    """What has run somewhere cannot be changed any more: write a new migration."""
    today = dumps.migrations()

    assert len(dumps.frozen()) > 20
    assert {path for path, digest in dumps.frozen().items() if today.get(path) != digest} == set()


def test_a_changed_or_missing_migration_is_seen(tmp_path, monkeypatch):
    folder = tmp_path / "matching/migrations"
    folder.mkdir(parents=True)
    (folder / "0001_initial.py").write_text("changed")
    monkeypatch.setattr(dumps, "ROOT", tmp_path)

    today = dumps.migrations()

    assert set(today) == {"matching/migrations/0001_initial.py"}
    assert today["matching/migrations/0001_initial.py"] != dumps.frozen().get(
        "matching/migrations/0001_initial.py"
    )


@pytest.mark.parametrize("path", dumps.kept(connection.vendor), ids=lambda path: path.name)
def test_a_kept_database_is_brought_to_today(path, committed_db, django_db_blocker):
    connections.close_all()
    name = connection.settings_dict["NAME"]
    if connection.vendor == "postgresql":
        databases.admin(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        databases.admin(f"CREATE DATABASE {name}")
        dumps.read_back(path, "postgresql", databases.url())
    else:
        dumps.read_back(path, "sqlite", name)
    environment = os.environ | {
        "DATABASE_URL": databases.url(),
        "AIXIN_ENV": "test",
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": os.pathsep.join([str(dumps.ROOT), str(dumps.ROOT / "site")]),
        "VAR_DIR": str(settings.VAR_DIR),
    }
    manage = [sys.executable, str(dumps.ROOT / "site/manage.py")]

    subprocess.run([*manage, "migrate", "-v", "0"], env=environment, check=True)
    checked = subprocess.run(
        [*manage, "check"], env=environment, check=False, capture_output=True, text=True
    )
    counted = subprocess.run(
        [sys.executable, "-c", COUNT], env=environment, check=True, stdout=subprocess.PIPE
    )

    assert checked.returncode == 0, checked.stdout[-3000:] + checked.stderr[-2000:]
    assert json.loads(counted.stdout.splitlines()[-1]) == dumps.figures(path)
