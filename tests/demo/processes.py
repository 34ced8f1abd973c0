"""Looking at processes from outside."""

import os
import socket
from collections.abc import Iterable
from pathlib import Path

from demo.supervisor import port_is_free
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
    """Return once every process has ended; fail unless every port is free then."""
    wait_until(lambda: not any(map(is_alive, pids)), f"the end of {pids}")
    for port in ports:
        assert port_is_free(port), f"port {port} is still taken"


def kill(pids: Iterable[int]) -> None:
    """End what a failed test left."""
    for pid in pids:
        if is_alive(pid):
            os.kill(pid, 9)


def free_ports(count: int) -> list[int]:
    """Return loopback ports that nobody listens on."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [entry.getsockname()[1] for entry in sockets]
    for entry in sockets:
        entry.close()
    return ports
