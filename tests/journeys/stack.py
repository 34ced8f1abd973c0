"""The whole application as its users meet it: ``aixin demo`` in processes of its own."""

import json
import os
import shutil
import signal
import subprocess
import sys
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tests import databases
from tests.ports import free_ports
from tests.queues import own_redis
from tests.waiting import PATIENCE, wait_until

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "journey-pass-1"
PUBLICITY_SECONDS = 2


@dataclass(frozen=True, slots=True)
class Site:
    """A running site: where it answers, with which environment, and who may sign in."""

    base: str
    environment: dict[str, str]
    stage: dict

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run an ``aixin`` command against the same data."""
        return run(self.environment, *words)

    def get(self, path: str) -> bytes:
        """Fetch a public address."""
        with urllib.request.urlopen(self.base + path, timeout=PATIENCE) as answer:
            return answer.read()


def run(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "site/manage.py"), *words],
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def embedded(var: Path) -> dict[str, str]:
    """The embedded default: no service's address is set; the database is migrated."""
    shutil.copy(databases.sqlite_template(), var / "aixin.sqlite3")
    return bare_environment(var)


def bare_environment(var: Path) -> dict[str, str]:
    """An environment without any service's address."""
    services = {"DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL", "DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in services}
    return kept | {
        "AIXIN_ENV": "demo",
        "VAR_DIR": str(var),
        "PUBLICITY_SECONDS": str(PUBLICITY_SECONDS),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        "LOG_LEVEL": "INFO",
    }


@contextmanager
def full_stack(var: Path) -> Iterator[dict[str, str]]:
    """An own database, Redis database and index prefix on the real services."""
    name = f"aixin_journey_{uuid.uuid4().hex[:8]}"
    databases.admin(f"CREATE DATABASE {name} TEMPLATE {databases.postgres_template()}")
    base = os.environ["DATABASE_URL"].rsplit("/", 1)[0]
    try:
        with own_redis() as queue:
            yield bare_environment(var) | {
                "DATABASE_URL": f"{base}/{name}",
                "REDIS_URL": queue,
                "ELASTICSEARCH_URL": str(settings.ELASTICSEARCH_TEST_URL),
                "ELASTICSEARCH_INDEX_PREFIX": name,
            }
    finally:
        databases.admin(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        for index in (f"{name}*",):
            request = urllib.request.Request(
                f"{settings.ELASTICSEARCH_TEST_URL}/_resolve/index/{index}"
            )
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                found = [row["name"] for row in json.load(answer)["indices"]]
            for each in found:
                gone = urllib.request.Request(
                    f"{settings.ELASTICSEARCH_TEST_URL}/{each}", method="DELETE"
                )
                with urllib.request.urlopen(gone, timeout=PATIENCE):
                    pass


@contextmanager
def running(environment: dict[str, str]) -> Iterator[Site]:
    """Set the stage on a migrated database, start everything, and end everything."""
    staged = subprocess.run(
        [sys.executable, "-m", "tests.journeys.stage"],
        env=environment | {"DJANGO_SETTINGS_MODULE": "config.settings.demo"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert staged.returncode == 0, staged.stderr
    port, _for_payments = free_ports(2)
    log = Path(environment["VAR_DIR"]) / "demo.log"
    with log.open("wb") as output:
        child = subprocess.Popen(
            [sys.executable, str(ROOT / "site/manage.py"), "demo", "--empty", "--port", str(port)],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    base = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: _is_up(child, log), log.read_text)
        yield Site(base, environment, json.loads(staged.stdout.splitlines()[-1]))
    finally:
        child.send_signal(signal.SIGINT)
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _is_up(child: subprocess.Popen[bytes], log: Path) -> bool:
    assert child.poll() is None, log.read_text()
    return b"Press Ctrl-C" in log.read_bytes()
