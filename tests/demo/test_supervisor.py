"""Parts start together and end together, however their parent ends."""

import os
import signal
import socket
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from demo.supervisor import Part, Supervisor, free_port, port_is_free, wait_for
from tests.demo.processes import all_gone, is_alive, kill
from tests.ports import answers, free_ports
from tests.waiting import PATIENCE, wait_until

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("first.pid", "second.pid", "first-child.pid", "second-child.pid")
PATH = os.pathsep.join([str(ROOT), str(ROOT / "site")])


@pytest.fixture
def family(tmp_path):
    """Start a supervising process; yield it with its ports and all ids below it."""
    ports = free_ports(2)
    parent = subprocess.Popen(
        [sys.executable, "-m", "tests.demo.parent", str(tmp_path), *map(str, ports)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": PATH, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    files = [tmp_path / name for name in NAMES]
    wait_until(
        lambda: all(file.exists() and file.read_text() for file in files),
        "the start of the parts",
    )
    pids = [int(file.read_text()) for file in files]
    yield parent, ports, pids
    kill([parent.pid, *pids])
    parent.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_no_part_outlives_its_parent(family, number):
    parent, ports, pids = family
    assert all(map(is_alive, pids))
    assert all(map(answers, ports))
    parent.send_signal(number)
    parent.wait(PATIENCE)
    all_gone(pids, ports)


def test_a_part_that_dies_is_named_with_how_and_the_others_end(family):
    parent, ports, pids = family
    os.kill(pids[1], signal.SIGKILL)
    said, _ = parent.communicate(timeout=PATIENCE)
    assert said.startswith("second ended by itself (SIGKILL); see ")
    all_gone([pids[0], pids[2]], ports)


def test_a_part_deaf_to_the_first_signal_is_ended_by_the_second(tmp_path):
    deaf = "import signal as s; s.signal(s.SIGTERM, s.SIG_IGN); print(1, flush=True); s.pause()"
    log = tmp_path / "deaf.log"
    before = signal.getsignal(signal.SIGINT)
    with Supervisor(dict(os.environ), cwd=ROOT) as parts:
        child = parts.start(Part("deaf", [sys.executable, "-c", deaf], log))
        wait_until(log.read_text, "its start")
    assert child.returncode == -signal.SIGKILL
    assert signal.getsignal(signal.SIGINT) is before


def test_waiting_ends_when_a_part_ended(tmp_path):
    with Supervisor(dict(os.environ), cwd=ROOT) as parts:
        parts.start(Part("brief", [sys.executable, "-c", "raise SystemExit(3)"], tmp_path / "log"))
        with pytest.raises(RuntimeError, match=r"brief ended by itself \(exit code 3\)"):
            wait_for("http://127.0.0.1:9/", supervisor=parts, seconds=PATIENCE)


def test_waiting_ends_when_it_answers_and_when_time_is_up():
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    parts = Supervisor({}, cwd=ROOT)
    wait_for(f"http://127.0.0.1:{server.server_port}/", supervisor=parts, seconds=PATIENCE)
    server.shutdown()
    server.server_close()
    with pytest.raises(RuntimeError, match="did not answer within 1 seconds"):
        wait_for(f"http://127.0.0.1:{server.server_port}/", supervisor=parts, seconds=1)


def test_a_taken_port_is_not_free_and_another_is_found():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert not port_is_free(port)
        assert free_port(port) != port
    assert port_is_free(port)
    assert free_port(port) == port
