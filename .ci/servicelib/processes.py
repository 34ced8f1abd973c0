"""Processes that are provably ours: known by pid, start time and boot, never by name."""

import contextlib
import json
import os
import signal
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from servicelib.places import Account, ServiceError

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True)
class Process:
    """One process. A pid that was given to someone else has another `started`."""

    pid: int
    started: int  # clock ticks since boot, field 22 of /proc/<pid>/stat

    def alive(self) -> bool:
        facts = _stat(self.pid)
        return facts is not None and facts.started == self.started and facts.state not in "ZX"


@dataclass(frozen=True)
class Record:
    """What we started for one service; lives in the state folder as JSON."""

    boot: str
    port: int
    processes: list[Process]  # the leader of the session first

    def alive(self) -> list[Process]:
        if self.boot != BOOT_ID.read_text().strip():
            return []
        return [process for process in self.processes if process.alive()]

    def write(self, path: Path) -> None:
        draft = path.with_suffix(".new")
        draft.write_text(json.dumps(asdict(self)), encoding="utf-8")
        draft.replace(path)

    @classmethod
    def read(cls, path: Path) -> "Record | None":
        try:
            raw = json.loads(path.read_text(encoding="utf-8"))
            processes = [Process(int(one["pid"]), int(one["started"])) for one in raw["processes"]]
            return cls(str(raw["boot"]), int(raw["port"]), processes)
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError) as error:
            raise ServiceError(f"{path} cannot be understood; remove it by hand.") from error


@dataclass(frozen=True)
class _Facts:
    state: str
    session: int
    started: int


def _stat(pid: int) -> _Facts | None:
    """Read /proc; the command's name may hold blanks and brackets, so cut after the last one."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return _Facts(state=fields[0], session=int(fields[3]), started=int(fields[19]))


def launch(
    command: list[str], *, account: Account, folder: Path, log: Path, env: dict[str, str]
) -> Process:
    """Start a server in a session of its own, so that it survives us and can be ended whole."""
    with log.open("ab") as output:
        child = subprocess.Popen(
            command,
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **account.popen_options(),
        )
    facts = _stat(child.pid)
    if facts is None:
        raise ServiceError(f"{command[0]} ended at once; see {log}")
    child.returncode = 0  # it is not waited for: silences the warning at our own exit
    return Process(child.pid, facts.started)


def reap(process: Process) -> None:
    """Collect our own child if it has ended, so that it does not look alive."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(process.pid, os.WNOHANG)


def describe(leader: Process, port: int) -> Record:
    """A record of the leader and of everyone who now belongs to its session."""
    members = [leader]
    holder = _stat(leader.pid)
    ours = holder is None or holder.started == leader.started  # else the pid has changed hands
    for entry in Path("/proc").iterdir() if ours else ():
        if entry.name.isdigit() and int(entry.name) != leader.pid:
            facts = _stat(int(entry.name))
            if facts is not None and facts.session == leader.pid:
                members.append(Process(int(entry.name), facts.started))
    return Record(BOOT_ID.read_text().strip(), port, members)


def end(record: Record, *, gently: signal.Signals, patience: float = 30) -> None:
    """Ask the leader to stop and wait; whoever of ours is left after `patience` is killed."""
    alive = record.alive()
    for process in alive[:1]:
        _signal(process, gently)
    deadline = time.monotonic() + patience
    while alive and time.monotonic() < deadline:
        time.sleep(0.05)
        for process in alive:
            reap(process)
        alive = record.alive()
    for process in alive:
        _signal(process, signal.SIGKILL)


def _signal(process: Process, number: signal.Signals) -> None:
    """Signal exactly this process: the handle pins it, so its pid cannot change hands between."""
    with contextlib.suppress(ProcessLookupError):
        handle = os.pidfd_open(process.pid)
        try:
            if process.alive():
                signal.pidfd_send_signal(handle, number)
        finally:
            os.close(handle)
