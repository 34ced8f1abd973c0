"""What the three servers have in common."""

import os
import shutil
import signal
import time
from abc import ABC, abstractmethod
from pathlib import Path

from servicelib import processes
from servicelib.packages import say
from servicelib.places import Account, Port, ServiceError, state_folder


class Service(ABC):
    """One server: how it is made ready, started, asked and stopped."""

    title: str
    port: Port
    stop_signal = signal.SIGTERM
    patience: float = 60  # seconds until it has to answer

    def __init__(self) -> None:
        self._launched: processes.Process | None = None

    # Each server says these four things about itself.

    @abstractmethod
    def require(self) -> None:
        """See to it that the program is there, or raise a ServiceError that says what is not."""

    @abstractmethod
    def prepare(self) -> tuple[list[str], Account, dict[str, str]]:
        """Lay out folders; return the command, the account and the environment to run it with."""

    @abstractmethod
    def answers(self, port: int) -> bool:
        """Whether the server at `port` answers a real question."""

    @abstractmethod
    def export(self, port: int) -> tuple[str, str]:
        """The variable that tells Aixin about this server, and its value."""

    def other_ports(self) -> list[Port]:
        return []

    def when_up(self, port: int) -> None:  # noqa: B027 - most servers need nothing more
        """What has to be true of a running server; repeated at each start, so idempotent."""

    @property
    def folder(self) -> Path:
        return state_folder() / self.title.lower()

    @property
    def record_path(self) -> Path:
        return state_folder() / f"{self.title.lower()}.json"

    @property
    def log(self) -> Path:
        return state_folder() / f"{self.title.lower()}.log"

    def running(self) -> processes.Record | None:
        """The record of what we started, if it still runs."""
        if self._launched is not None:
            processes.reap(self._launched)
        record = processes.Record.read(self.record_path)
        return record if record is not None and record.alive() else None

    def require_free_ports(self) -> None:
        for port in (self.port, *self.other_ports()):
            port.require_free(self.title)

    def require_same_port(self, record: processes.Record) -> None:
        wanted = self.port.explicit()
        if wanted is not None and wanted != record.port:
            raise ServiceError(
                f"{self.title} already runs on port {record.port}, not on {wanted} as"
                f" {self.port.variable} asks. Stop it first."
            )

    def launch(self) -> None:
        command, account, env = self.prepare()
        say(f"{self.title}: starting on port {self.port.number()}")
        self._launched = processes.launch(
            command, account=account, folder=self.folder, log=self.log, env=env
        )
        processes.describe(self._launched, self.port.number()).write(self.record_path)

    def wait(self) -> None:
        """Wait for the first answer; then note every process that came with the server."""
        record = self.running()
        begun = time.monotonic()
        while record is None or not self.answers(record.port):
            record = self.running()
            if record is None:
                raise ServiceError(f"{self.title} ended while starting.\n{self.last_words()}")
            if time.monotonic() - begun > self.patience:
                raise ServiceError(
                    f"{self.title} does not answer after {self.patience:.0f} s.\n"
                    f"{self.last_words()}"
                )
            time.sleep(0.1)
        processes.describe(record.processes[0], record.port).write(self.record_path)
        self.when_up(record.port)
        if self._launched is not None:
            say(f"{self.title}: answers after {time.monotonic() - begun:.1f} s")

    def undo_launch(self) -> None:
        """Take back this call's own start; a server that ran before stays."""
        if self._launched is not None:
            processes.end(
                processes.describe(self._launched, self.port.number()), gently=self.stop_signal
            )
            self.record_path.unlink(missing_ok=True)

    def stop(self) -> bool:
        """End what the record names, if it is still that. True when something was stopped."""
        record = self.running()
        if record is not None:
            processes.end(record, gently=self.stop_signal)
        self.record_path.unlink(missing_ok=True)
        return record is not None

    def last_words(self) -> str:
        try:
            lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]
        except FileNotFoundError:
            lines = []
        return "\n".join([*lines, f"Its whole log: {self.log}"])


def find_program(name: str) -> str | None:
    """Find a program also where an ordinary user's PATH does not look."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def plain_environment(folder: Path) -> dict[str, str]:
    """An environment without the caller's secrets and settings."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": str(folder), "LANG": "C.UTF-8"}
