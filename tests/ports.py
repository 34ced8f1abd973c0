"""Ports of this machine for servers that a test starts, and whether anybody answers there."""

import random
import socket

# Below those that the kernel gives to callers (net.ipv4.ip_local_port_range): on a busy
# machine one of them may be in use again before the server that is told of it has started.
FIRST, LAST = 20_000, 32_000


def free_ports(count: int) -> list[int]:
    """Return that many loopback ports in a row that nobody uses."""
    while True:
        first = random.randrange(FIRST, LAST - count)
        ports = list(range(first, first + count))
        if all(map(_is_free, ports)):
            return ports


def answers(port: int) -> bool:
    """Tell whether somebody listens there; a caller that has the port does not."""
    with socket.socket() as caller:
        if caller.connect_ex(("127.0.0.1", port)):
            return False
        # A caller whom the kernel gave the very port meets itself.
        return caller.getsockname() != caller.getpeername()


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
