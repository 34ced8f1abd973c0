"""``aixin demo``: starts everything, leaves nothing, and says what is in the way."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests import databases
from tests.demo.processes import all_gone, descendants, kill
from tests.ports import free_ports
from tests.waiting import PATIENCE, wait_until

ROOT = Path(__file__).resolve().parents[2]


def test_a_busy_port_is_named_with_what_to_do():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is in use.*PORT={port + 10}"):
            call_command("demo", port=port)


@pytest.mark.parametrize(
    ("options", "words"),
    [({"port": 0}, "not usable"), ({"port": 70_000}, "not usable"), ({"scale": 0}, "1 to 100")],
)
def test_unusable_options_are_refused(options, words):
    with pytest.raises(CommandError, match=words):
        call_command("demo", **({"port": free_ports(1)[0]} | options))


def test_production_is_refused(settings):
    settings.AIXIN_ENV = "production"
    with pytest.raises(CommandError, match="production forbids"):
        call_command("demo")


@pytest.fixture
def demo(tmp_path):
    """Start the demo on an empty migrated SQLite file; yield it with its port."""
    database = tmp_path / "aixin.sqlite3"
    shutil.copy(databases.sqlite_template(), database)
    port, _for_payments = free_ports(2)
    services = {"DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL", "DJANGO_SETTINGS_MODULE"}
    environment = {name: value for name, value in os.environ.items() if name not in services}
    log = tmp_path / "demo.log"
    with log.open("wb") as output:
        child = subprocess.Popen(
            [sys.executable, str(ROOT / "site/manage.py"), "demo", "--empty", "--port", str(port)],
            env=environment | {"AIXIN_ENV": "demo", "VAR_DIR": str(tmp_path)},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    below: set[int] = set()
    try:
        wait_until(
            lambda: b"Press Ctrl-C" in log.read_bytes() or child.poll() is not None,
            log.read_text,
        )
        below = descendants(child.pid)
        yield child, port, below, log
    finally:
        kill([child.pid, *below])
        child.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_running_however_it_ends(demo, number):
    child, port, below, log = demo
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=PATIENCE) as answer:
        assert answer.status == 200
    assert len(below) >= 3
    child.send_signal(number)
    child.wait(PATIENCE)
    all_gone(below, [port, port + 1])
    assert (b"Stopped." in log.read_bytes()) == (number == signal.SIGTERM)
    assert b"Traceback" not in log.read_bytes()
