"""PostgreSQL from the distribution, on a data folder of its own."""

import os
import re
import signal
import subprocess
from pathlib import Path

from servicelib.packages import install, say
from servicelib.places import Account, Port, ServiceError
from servicelib.service import Service, plain_environment

OLDEST, PREFERRED = 15, 15
BINARIES = Path("/usr/lib/postgresql")


class PostgreSQL(Service):
    """Trusts every connection from this machine: for development and tests only."""

    title = "PostgreSQL"
    port = Port("AIXIN_POSTGRES_PORT", 15432)
    stop_signal = signal.SIGINT  # "fast shutdown": open connections are closed

    def require(self) -> None:
        if _major() is None:
            install(["postgresql"], reason=f"PostgreSQL {OLDEST} or newer is missing.")
        if _major() is None:
            raise ServiceError(f"PostgreSQL {OLDEST} or newer is still missing.")

    def prepare(self) -> tuple[list[str], Account, dict[str, str]]:
        account = Account.for_server("postgres")
        account.own_folder(self.folder)
        data = self.folder / f"data-{_major()}"
        if not (data / "PG_VERSION").exists():
            self._create(data, account)
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port.number()),
            "unix_socket_directories": "",
            "max_connections": "200",
            "shared_buffers": "256MB",
            "timezone": "UTC",
            "fsync": _fsync(),
            "synchronous_commit": _fsync(),
            "full_page_writes": _fsync(),
        }
        command = [_program("postgres"), "-D", str(data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        return command, account, plain_environment(self.folder)

    def _create(self, data: Path, account: Account) -> None:
        say("PostgreSQL: creating its data folder")
        command = [_program("initdb"), "-D", str(data), "-U", "postgres", "--auth=trust"]
        done = subprocess.run(
            [*command, "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"],
            check=False,
            cwd=self.folder,
            env=plain_environment(self.folder),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            **account.popen_options(),
        )
        if done.returncode != 0:
            raise ServiceError(f"initdb failed:\n{done.stderr}")

    def answers(self, port: int) -> bool:
        return self._ask(port, "select 1").returncode == 0

    def when_up(self, port: int) -> None:
        self._ensure(
            port,
            "select from pg_roles where rolname = 'aixin'",
            "create role aixin login createdb",
        )
        self._ensure(
            port,
            "select from pg_database where datname = 'aixin'",
            "create database aixin owner aixin",
        )

    def _ensure(self, port: int, question: str, remedy: str) -> None:
        if "(1 row)" in self._ask(port, question).stdout:
            return
        done = self._ask(port, remedy)
        if done.returncode != 0:
            raise ServiceError(f"PostgreSQL refused “{remedy}”: {done.stderr}")

    def _ask(self, port: int, sql: str) -> subprocess.CompletedProcess[str]:
        address = ["-h", "127.0.0.1", "-p", str(port), "-U", "postgres", "-d", "postgres"]
        return subprocess.run(
            [_program("psql"), "-X", *address, "-c", sql],
            check=False,
            cwd="/",
            env={**plain_environment(Path("/")), "PGCONNECT_TIMEOUT": "5"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )

    def export(self, port: int) -> tuple[str, str]:
        return "DATABASE_URL", f"postgres://aixin@127.0.0.1:{port}/aixin"


def _fsync() -> str:
    """Durable unless AIXIN_POSTGRES_FSYNC=off says that this data may be lost (CI)."""
    value = os.environ.get("AIXIN_POSTGRES_FSYNC") or "on"
    if value not in ("on", "off"):
        raise ServiceError(f"AIXIN_POSTGRES_FSYNC is on or off, not {value!r}")
    return value


def _major() -> int | None:
    """The installed version to use: the preferred one, or the oldest that is new enough."""
    found = [
        int(folder.name)
        for folder in (BINARIES.iterdir() if BINARIES.exists() else [])
        if re.fullmatch(r"\d+", folder.name) and (folder / "bin" / "initdb").exists()
    ]
    usable = sorted(version for version in found if version >= OLDEST)
    return PREFERRED if PREFERRED in usable else next(iter(usable), None)


def _program(name: str) -> str:
    return str(BINARIES / str(_major()) / "bin" / name)
