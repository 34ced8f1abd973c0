"""Looking at processes from outside."""

import os
from collections.abc import Iterable
from pathlib import Path

from tests.ports import answers
from tests.waiting import wait_until


def is_alive(pid: int) -> bool:
    """Return whether a process runs; one that only waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def descendants(pid: int) -> set[int]:
    """Return the ids of all processes below one."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            parents[int(entry.name)] = int(fields[1])
    found: set[int] = set()
    new = {pid}
    while new:
        new = {child for child, parent in parents.items() if parent in new} - found
        found |= new
    return found


def all_gone(pids: Iterable[int], ports: Iterable[int]) -> None:
    """Return once every process has ended; fail if anybody answers on a port then."""
    wait_until(lambda: not any(map(is_alive, pids)), f"the end of {pids}")
    for port in ports:
        assert not answers(port), f"somebody answers on port {port}"


def kill(pids: Iterable[int]) -> None:
    """End what a failed test left."""
    for pid in pids:
        if is_alive(pid):
            os.kill(pid, 9)
