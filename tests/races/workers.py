"""A real Celery worker with its beat, in a process group that a test may kill."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def until(check: Callable[[], object], *, what: str, seconds: float = 60) -> None:
    """Wait until the check is true; fail with ``what`` it was."""
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.05)


def kill(worker: subprocess.Popen[bytes]) -> None:
    """``kill -9`` the worker and whatever it started."""
    os.killpg(worker.pid, signal.SIGKILL)
    assert worker.wait(10) == -signal.SIGKILL


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
                worker.wait(20)
            except subprocess.TimeoutExpired:
                kill(worker)
