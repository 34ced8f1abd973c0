"""Real processes that start together: for races, and for load in the benchmarks.

One long-lived child prepares Django once and forks the racing processes, so that 32 of
them cost little more than one. Work is named ``module:function``; it is called with its
process's index.
"""

import atexit
import importlib
import json
import multiprocessing
import os
import select
import signal
import subprocess
import sys
import tempfile
import traceback
from functools import lru_cache
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from tests.waiting import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
MARK = "results:"


class ProcessFailedError(AssertionError):
    """A process ended in an exception; the message is its traceback."""


class Forker:
    """The child that forks, bound to one database."""

    def __init__(self, database_url: str, var_dir: str) -> None:
        self.errors = tempfile.TemporaryFile("w+")  # noqa: SIM115 lives as long as the child
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.races.harness"],
            env={
                **os.environ,
                "AIXIN_ENV": "test",
                "DATABASE_URL": database_url,
                "DJANGO_SETTINGS_MODULE": "config.settings.test",
                "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
                "VAR_DIR": var_dir,
            },
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            start_new_session=True,
        )
        atexit.register(self.stop)

    def run(self, spec: dict) -> list[dict]:
        """Send one order and wait for what its processes say."""
        self.process.stdin.write(json.dumps(spec).encode() + b"\n")
        self.process.stdin.flush()
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        line = self.process.stdout.readline() if ready else b""
        if not line.startswith(MARK.encode()):
            self.stop()
            self.errors.seek(0)
            raise ProcessFailedError(f"no answer in {PATIENCE} s: {self.errors.read()[-4000:]}")
        return json.loads(line.decode().removeprefix(MARK))

    def stop(self) -> None:
        """End the child and whatever it forked; its session is its own."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


@lru_cache(maxsize=4)
def _forker(database_url: str, var_dir: str) -> Forker:
    return Forker(database_url, var_dir)


def run_together(
    work: str, *, processes: int, database_url: str, var_dir: Path, **arguments
) -> list[Any]:
    """Run ``work(index, **arguments)`` in that many processes from one barrier.

    Returns what each returned (JSON), by index. Raises ProcessFailedError with a traceback
    if any failed.
    """
    forker = _forker(database_url, str(var_dir))
    if forker.process.poll() is not None:
        _forker.cache_clear()
        forker = _forker(database_url, str(var_dir))
    spec = {"work": work, "processes": processes, "arguments": arguments}
    results = forker.run(spec)
    errors = [result["error"] for result in results if "error" in result]
    if errors:
        # The others only tell that the barrier broke.
        raise ProcessFailedError(min(errors, key=lambda text: "BrokenBarrier" in text))
    return [result["value"] for result in results]


def _child(spec: dict, index: int, barrier: Barrier, answer: Connection) -> None:
    from django.db import connection

    try:
        module, _, function = spec["work"].partition(":")
        work = getattr(importlib.import_module(module), function)
        connection.ensure_connection()
        barrier.wait(PATIENCE)
        answer.send({"value": work(index, **spec["arguments"])})
    except BaseException:  # noqa: BLE001 the parent tells it
        barrier.abort()
        answer.send({"error": traceback.format_exc()})
    finally:
        connection.close()


def _fork(spec: dict) -> list[dict]:
    importlib.import_module(spec["work"].partition(":")[0])
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(spec["processes"])
    children = []
    for index in range(spec["processes"]):
        receive, send = context.Pipe(duplex=False)
        process = context.Process(target=_child, args=(spec, index, barrier, send))
        process.start()
        send.close()
        children.append((process, receive))
    results = []
    for process, receive in children:
        try:
            results.append(receive.recv())
        except EOFError:
            process.join()
            results.append({"error": f"the process ended with {process.exitcode}"})
        process.join()
        receive.close()
    return results


def main() -> None:
    """Obey orders from standard input, one JSON object a line, until it closes."""
    import django

    django.setup()
    for line in sys.stdin:
        print(MARK + json.dumps(_fork(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
