"""A real Celery worker with its beat, in a process group that a test may kill."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.waiting import PATIENCE

ROOT = Path(__file__).resolve().parents[2]


def kill(worker: subprocess.Popen[bytes]) -> None:
    """``kill -9`` the worker and whatever it started."""
    os.killpg(worker.pid, signal.SIGKILL)
    assert worker.wait(PATIENCE) == -signal.SIGKILL


@contextmanager
def working(environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker in that environment until the block ends; ``VAR_DIR/worker.log`` is its log."""
    var = Path(environment["VAR_DIR"])
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "-B", "-P", "threads"]
    command += ["-c", "2", "-l", "WARNING", "-s", str(var / "beat")]
    command += ["--without-mingle", "--without-gossip"]
    with (var / "worker.log").open("ab") as log:
        worker = subprocess.Popen(
            command,
            cwd=ROOT,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield worker
    finally:
        if worker.poll() is None:
            os.killpg(worker.pid, signal.SIGTERM)
            try:
                worker.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                kill(worker)
