"""Redis from the distribution, in memory only."""

import socket

from servicelib.packages import install
from servicelib.places import Account, Port, ServiceError
from servicelib.service import Service, find_program, plain_environment


class Redis(Service):
    """Keeps nothing on disk: what must survive is in the database's outbox."""

    title = "Redis"
    port = Port("AIXIN_REDIS_PORT", 16379)

    def require(self) -> None:
        if find_program("redis-server") is None:
            install(["redis-server"], reason="Redis is missing.")
        if find_program("redis-server") is None:
            raise ServiceError("Redis is still missing.")

    def prepare(self) -> tuple[list[str], Account, dict[str, str]]:
        account = Account.for_server("redis", "nobody")
        account.own_folder(self.folder)
        settings = {
            "bind": "127.0.0.1",
            "port": str(self.port.number()),
            "dir": str(self.folder),
            "save": "",
            "appendonly": "no",
            "databases": "64",
            "maxmemory-policy": "noeviction",
        }
        command = [str(find_program("redis-server"))]
        for name, value in settings.items():
            command += [f"--{name}", value]
        return command, account, plain_environment(self.folder)

    def answers(self, port: int) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def export(self, port: int) -> tuple[str, str]:
        return "REDIS_URL", f"redis://127.0.0.1:{port}/0"
