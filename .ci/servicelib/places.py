"""Where things live, which ports are used and which account runs a server."""

import contextlib
import fcntl
import os
import pwd
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class ServiceError(Exception):
    """Something a person has to put right; its text is the whole message they see."""


def is_root() -> bool:
    return os.geteuid() == 0


def cache_folder() -> Path:
    """Downloads that outlive every run; outside the repository."""
    default = Path("/var/cache/aixin") if is_root() else Path.home() / ".cache" / "aixin"
    return Path(os.environ.get("AIXIN_CACHE") or default).absolute()


def state_folder() -> Path:
    """Data and logs of the servers, and the note of which processes are ours."""
    return Path(os.environ.get("AIXIN_SERVICES_STATE") or cache_folder() / "services").absolute()


def make_open_folder(folder: Path) -> None:
    """Create a folder that the servers' own accounts can pass through, whatever our umask."""
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o755)


@dataclass(frozen=True)
class Port:
    """A loopback port: its default and the variable that overrides it."""

    variable: str
    default: int

    def explicit(self) -> int | None:
        text = os.environ.get(self.variable, "")
        if not text:
            return None
        if not text.isdigit() or not 1024 <= int(text) <= 65535:
            raise ServiceError(f"{self.variable} is not a port from 1024 to 65535: {text!r}")
        return int(text)

    def number(self) -> int:
        return self.explicit() or self.default

    def require_free(self, title: str) -> None:
        """Refuse a port that someone else listens on (a closing connection does not count)."""
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.number()))
            except OSError as error:
                raise ServiceError(
                    f"Port {self.number()} for {title} is taken by a program that this command"
                    f" did not start. Stop that program, or choose another port with"
                    f" {self.variable}=…"
                ) from error


@dataclass(frozen=True)
class Account:
    """The user a server runs as. `name` is None when that is simply who called us."""

    name: str | None

    @classmethod
    def for_server(cls, *candidates: str) -> "Account":
        """The first existing account of `candidates` for root; otherwise the caller."""
        if not is_root():
            return cls(None)
        for candidate in candidates:
            with contextlib.suppress(KeyError):
                pwd.getpwnam(candidate)
                return cls(candidate)
        raise ServiceError(f"No user named {' or '.join(candidates)} on this machine.")

    def popen_options(self) -> dict[str, Any]:
        """Keyword arguments that make `subprocess` run as this account."""
        if self.name is None:
            return {}
        entry = pwd.getpwnam(self.name)
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    def own_folder(self, folder: Path) -> Path:
        """Create a private folder for this account and prove that it can work there."""
        folder.mkdir(parents=True, exist_ok=True)
        if self.name is not None:
            entry = pwd.getpwnam(self.name)
            os.chown(folder, entry.pw_uid, entry.pw_gid)
        folder.chmod(0o700)
        if not (self._can("-w", folder) and self._can("-x", folder)):
            raise ServiceError(self._closed(folder, "write to"))
        return folder

    def require_readable(self, path: Path) -> None:
        if not self._can("-r", path):
            raise ServiceError(self._closed(path, "read"))

    def _can(self, flag: str, path: Path) -> bool:
        done = subprocess.run(
            ["test", flag, str(path)], check=False, cwd="/", **self.popen_options()
        )
        return done.returncode == 0

    def _closed(self, path: Path, verb: str) -> str:
        who = f"The user {self.name}" if self.name else "This user"
        return (
            f"{who} cannot {verb} {path}. Choose a folder that it can reach"
            f" (not below /root) with AIXIN_CACHE=… or AIXIN_SERVICES_STATE=…"
        )


@contextlib.contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the state folder for one command at a time; a second caller waits."""
    make_open_folder(folder)
    with (folder / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
