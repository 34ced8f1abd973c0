"""A pytest plugin: collects the tests once, then runs those of each mutant in a fork.

A mutant inside a function is put in place in the fork: the functions of that file get the
mutant's code. One outside functions is there from the start, since what imported a constant
keeps it: ``at_import`` names it, and the session has that one job.

``MUTATION_PLAN`` holds the path of a JSON file: ``workers``, ``at_import`` (path and number,
or null), ``jobs`` (``name``, ``path``, ``number`` or null for the source as it is, ``tests``,
``cpu_seconds``) and ``results``, the file that gets one line of JSON for each job.
"""

import gc
import json
import os
import resource
import signal
import sys
import time
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest

from tests.mutation.mutants import mutated_code

# A test that waits burns no processor time; this ends it, however slow the machine is.
WALL_SECONDS = 900
NOT_APPLIED = 90
PLAN = json.loads(Path(os.environ["MUTATION_PLAN"]).read_text())


class _Loader(SourceFileLoader):
    """Loads a module with its mutant."""

    number = 0

    def get_code(self, fullname: str) -> CodeType:
        """Return the mutant's code; no cached file is read or written."""
        return mutated_code(Path(self.path), self.number)


class _Finder(MetaPathFinder):
    """Finds the one module that is to be imported as a mutant."""

    def __init__(self, path: str, number: int) -> None:
        self.path, self.number = path, number
        self.has_found = False

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        if fullname.rpartition(".")[2] != Path(self.path).stem:
            return None
        spec = PathFinder.find_spec(fullname, path)
        if spec is None or spec.origin != self.path:
            return None
        self.has_found = True
        spec.loader = _Loader(fullname, self.path)
        spec.loader.number = self.number
        return spec


FINDER = _Finder(**PLAN["at_import"]) if PLAN["at_import"] else None
if FINDER:
    sys.meta_path.insert(0, FINDER)


def pytest_configure() -> None:
    """Draw the same examples each time, keep none, and stop at the first that fails."""
    from hypothesis import Phase, settings

    settings.register_profile(
        "mutation",
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
    )
    settings.load_profile("mutation")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Run every job, ``workers`` at a time."""
    if session.testsfailed:
        raise session.Failed(f"{session.testsfailed} errors while collecting")
    waiting = list(enumerate(PLAN["jobs"]))
    running: dict[int, tuple[dict[str, Any], int, float]] = {}
    while waiting or running:
        while waiting and len(running) < PLAN["workers"]:
            index, job = waiting.pop(0)
            reader, writer = os.pipe()
            pid = os.fork()
            if not pid:
                os.close(reader)
                _child(session, job, f"mutant{index}", writer)
            os.close(writer)
            running[pid] = (job, reader, time.monotonic())
        pid, status, usage = os.wait3(0)
        if pid in running:
            job, reader, started = running.pop(pid)
            _write(job, reader, status, usage, time.monotonic() - started)
    return True


def _write(job: dict, reader: int, status: int, usage: resource.struct_rusage, wall: float) -> None:
    with os.fdopen(reader) as pipe:
        told = json.loads(pipe.read() or "{}")
    code = os.waitstatus_to_exitcode(status)
    result = {
        "name": job["name"],
        "verdict": {0: "survived", 1: "killed", NOT_APPLIED: "not applied"}.get(code, "stopped"),
        "by": told.get("by", f"exit code {code}"),
        "passed": told.get("passed", 0),
        "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 2),
        "seconds": round(wall, 2),
    }
    with Path(PLAN["results"]).open("a") as results:
        results.write(json.dumps(result) + "\n")


def _child(session: pytest.Session, job: dict[str, Any], worker: str, writer: int) -> None:
    """Run the job's tests until one fails, tell which, and end the process."""
    code = NOT_APPLIED
    told: dict[str, Any] = {}
    try:
        _limit(job["cpu_seconds"])
        # A database of its own, as a process of a parallel run has.
        session.config.workerinput = {"workerid": worker}  # type: ignore[attr-defined]
        applied = FINDER.has_found if FINDER else True
        if job["number"] is not None and not FINDER:
            applied = _apply(Path(job["path"]), job["number"])
        if applied:
            told = _run(session, job["tests"])
            code = 1 if told["by"] else 0
    except BaseException as problem:  # noqa: BLE001 whatever it is, the mutant was noticed
        told, code = {"by": repr(problem)}, 1
    finally:
        os.write(writer, json.dumps(told).encode())
        os._exit(code)


def _limit(cpu_seconds: float) -> None:
    """Fail a test that no longer ends; after some seconds of grace the process is stopped."""

    def too_long(_signal: int, _frame: object) -> None:
        pytest.fail(f"still running after {cpu_seconds} s of processor time")

    signal.signal(signal.SIGXCPU, too_long)
    soft = int(cpu_seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, soft + 10))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(WALL_SECONDS)


def _apply(path: Path, number: int) -> bool:
    """Give every function of the file the mutant's code; return whether one differs."""
    codes = dict(_codes(mutated_code(path, number)))
    changed = False
    for function in gc.get_objects():
        if isinstance(function, FunctionType) and function.__code__.co_filename == str(path):
            old = function.__code__
            new = codes.get((old.co_qualname, old.co_firstlineno), old)
            if new != old and new.co_freevars == old.co_freevars:
                function.__code__ = new
                changed = True
    return changed


def _codes(code: CodeType) -> list[tuple[tuple[str, int], CodeType]]:
    inner = [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    found = [((each.co_qualname, each.co_firstlineno), each) for each in inner]
    return found + [pair for each in inner for pair in _codes(each)]


def _run(session: pytest.Session, tests: list[str]) -> dict[str, Any]:
    """Run the tests in that order until one fails; return which, and how many passed."""
    items = [
        item
        for wanted in tests
        for item in session.items
        if item.nodeid == wanted or item.nodeid.startswith((f"{wanted}/", f"{wanted}::"))
    ]
    watch = _Watch()
    session.config.pluginmanager.register(watch)
    for item, following in zip(items, [*items[1:], None], strict=True):
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if watch.failed:
            break
    session._setupstate.teardown_exact(None)
    return {"by": watch.failed, "passed": watch.passed}


class _Watch:
    """Sees the outcome of each test."""

    def __init__(self) -> None:
        self.failed = ""
        self.passed = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed = report.nodeid
        elif report.passed and report.when == "call":
            self.passed += 1
