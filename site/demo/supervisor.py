"""Start the demo's processes together and end them together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PR_SET_PDEATHSIG = 1
# What asks a process to end, as a person or a terminal that closes sends it.
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def port_is_free(port: int) -> bool:
    """Return whether loopback ``port`` can be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def free_port(preferred: int) -> int:
    """Return ``preferred`` if it is free, else any free loopback port."""
    if port_is_free(preferred):
        return preferred
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _leaving_with(parent: int) -> Callable[[], None]:
    """What a child does first: a process group of its own, and the parent's death is its own."""

    def begin() -> None:
        os.setsid()
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                # It died before the kernel was asked to tell.
                os._exit(1)

    return begin


@dataclass(frozen=True, slots=True)
class Part:
    """One process: what it is called, how it is started, where it logs."""

    name: str
    command: Sequence[str]
    log: Path


class Supervisor:
    """Runs parts as children in process groups of their own.

    ``stop`` ends every group: SIGTERM, five seconds, SIGKILL. Leaving the ``with`` block
    for any reason stops them; should this process be killed outright, the kernel ends
    the children.
    """

    def __init__(self, environment: Mapping[str, str], *, cwd: Path) -> None:
        self.environment = dict(environment)
        self.cwd = cwd
        self.children: list[tuple[Part, subprocess.Popen[bytes]]] = []

    def __enter__(self) -> "Supervisor":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, part: Part) -> subprocess.Popen[bytes]:
        """Start a part; its output goes to its log file."""
        part.log.parent.mkdir(parents=True, exist_ok=True)
        with part.log.open("ab") as log:
            child = subprocess.Popen(  # noqa: S603 our own commands
                list(part.command),
                cwd=self.cwd,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=_leaving_with(os.getpid()),  # noqa: PLW1509 no threads run yet
            )
        self.children.append((part, child))
        return child

    def ended(self) -> str:
        """Say which part ended by itself, how, and where its last words are; empty if none."""
        for part, child in self.children:
            if (code := child.poll()) is not None:
                return f"{part.name} ended by itself ({_how(code)}); see {part.log}"
        return ""

    def stop(self) -> None:
        """End every child and whatever it started; a second Ctrl-C does not cut this short."""
        kept = {number: signal.signal(number, signal.SIG_IGN) for number in ENDINGS}
        try:
            for sign, patience in ((signal.SIGTERM, 5.0), (signal.SIGKILL, 60.0)):
                self._signal_groups(sign)
                deadline = time.monotonic() + patience
                for _, child in self.children:
                    try:
                        child.wait(max(0.05, deadline - time.monotonic()))
                    except subprocess.TimeoutExpired:
                        continue
            self.children.clear()
        finally:
            for number, handler in kept.items():
                signal.signal(number, handler)

    def _signal_groups(self, sign: signal.Signals) -> None:
        for _, child in reversed(self.children):
            # The group outlives its leader where a grandchild hangs on.
            try:
                os.killpg(child.pid, sign)
            except ProcessLookupError:
                continue


def _how(code: int) -> str:
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name


def wait_for(url: str, *, supervisor: Supervisor, seconds: float = 300.0) -> None:
    """Return once ``url`` answers 200.

    Raises:
        RuntimeError: a part ended, or time is up; names the log to read.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if ended := supervisor.ended():
            raise RuntimeError(ended)
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 loopback
                if answer.status == 200:
                    return
        except urllib.error.HTTPError as error:
            if error.code < 500:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"{url} did not answer within {seconds:.0f} seconds")
