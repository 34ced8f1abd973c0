"""Sockets stay on this machine: whoever connects or looks up a name elsewhere is refused.

An audit hook sees every attempt of this process, in any thread, from the first import to
the last tear-down, whichever library makes it, ``connect_ex`` and datagrams included. What
was refused is also noted, so that code which shrugs at errors cannot hide it.
"""

import ipaddress
import socket
import sys
from typing import Any

WATCHED = {"socket.connect", "socket.sendto", "socket.sendmsg"}
LOCAL_NAMES = {"localhost", ""}

# Addresses refused and not yet told.
_refused: list[str] = []


class AbroadError(RuntimeError):
    """A test reached beyond this machine."""


def close_to_others() -> None:
    """Refuse every address that is not loopback until this process ends."""
    sys.addaudithook(_watch)


def require_silence() -> None:
    """Raise AbroadError if anything was refused since the last call, swallowed or not."""
    told, _refused[:] = list(_refused), []
    if told:
        raise AbroadError(f"no test may reach beyond this machine: {', '.join(told)}")


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event in WATCHED:
        used, address = arguments[0], arguments[-1]
        if used.family in (socket.AF_INET, socket.AF_INET6) and address is not None:
            _require_local(address[0])
    elif event == "socket.getaddrinfo":
        _require_local(arguments[0])


def _require_local(host: str | bytes | None) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name is None or name in LOCAL_NAMES or _is_loopback(name):
        return
    _refused.append(name)
    raise AbroadError(f"no test may reach beyond this machine: {name}")


def _is_loopback(name: str) -> bool:
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False
