"""The guard of tests/sockets.py bites, and lets pass what stays on this machine."""

import socket
import urllib.request
from contextlib import suppress
from threading import Thread

import pytest

from tests.sockets import AbroadError, require_silence

# Kept for documentation: nobody answers there (RFC 5737, RFC 3849).
ABROAD, ABROAD_6 = "192.0.2.1", "2001:db8::1"


@pytest.fixture(autouse=True)
def planted_on_purpose():
    """Forget what the test planted, before the guard of every test asks."""
    yield
    with suppress(AbroadError):
        require_silence()


@pytest.mark.parametrize("how", ["connect", "connect_ex"])
@pytest.mark.parametrize(
    ("family", "address"), [(socket.AF_INET, (ABROAD, 80)), (socket.AF_INET6, (ABROAD_6, 80))]
)
def test_a_connection_abroad_is_refused(family, address, how):
    with socket.socket(family) as planted, pytest.raises(AbroadError, match=address[0]):
        getattr(planted, how)(address)


def test_a_datagram_abroad_is_refused():
    with socket.socket(type=socket.SOCK_DGRAM) as planted, pytest.raises(AbroadError):
        planted.sendto(b"x", (ABROAD, 53))


def test_the_name_of_another_machine_is_not_even_looked_up():
    with pytest.raises(AbroadError, match=r"example\.org"):
        urllib.request.urlopen("http://example.org/")


def test_what_a_thread_swallowed_is_told_once():
    def shrug() -> None:
        with suppress(Exception):
            socket.create_connection((ABROAD, 80))

    thread = Thread(target=shrug)
    thread.start()
    thread.join()

    with pytest.raises(AbroadError, match=ABROAD):
        require_silence()
    require_silence()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_open(host):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection((host, port)) as caller:
            assert caller.getpeername() == ("127.0.0.1", port)
    require_silence()


def test_sockets_with_a_path_are_open(tmp_path):
    path = str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as caller:
        server.bind(path)
        server.listen()
        caller.connect(path)
        assert caller.getpeername() == path
    require_silence()


def test_every_test_is_asked_at_its_end(request):
    assert "_no_socket_abroad" in request.fixturenames
