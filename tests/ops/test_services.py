"""`.ci/services`: it knows its own processes and leaves everybody else's alone.

Every test has a state folder and ports of its own; no server that already runs is touched.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.environment import SCRIPT_VARIABLES
from tests.ports import free_ports
from tests.waiting import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
COMMAND = ROOT / ".ci" / "services"
Done = subprocess.CompletedProcess[str]
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
PORTS = (
    "AIXIN_POSTGRES_PORT",
    "AIXIN_REDIS_PORT",
    "AIXIN_ELASTICSEARCH_PORT",
    "AIXIN_ELASTICSEARCH_TRANSPORT_PORT",
)

pytestmark = pytest.mark.skipif(not BOOT_ID.exists(), reason="needs Linux's /proc")


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that the servers' own accounts can reach, which pytest's are not for root's."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def state(place: Path) -> Path:
    return place / "state"


@pytest.fixture
def environment(place: Path, state: Path) -> dict[str, str]:
    """Free ports, and folders that hold neither a record nor a download."""
    numbers = map(str, free_ports(4))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AIXIN_")}
    folders = {"AIXIN_CACHE": str(place / "cache"), "AIXIN_SERVICES_STATE": str(state)}
    return kept | folders | dict(zip(PORTS, numbers, strict=True))


@pytest.fixture
def bystander() -> Iterator[subprocess.Popen[bytes]]:
    """A process that `.ci/services` did not start."""
    with subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"]) as process:
        yield process
        process.kill()


def execute(command: list[str], environment: dict[str, str]) -> Done:
    return subprocess.run(
        command, env=environment, check=False, capture_output=True, text=True, timeout=PATIENCE
    )


def run(action: str, environment: dict[str, str]) -> Done:
    return execute([sys.executable, str(COMMAND), action], environment)


def write_record(state: Path, service: str, *, pid: int, started: int, boot: str = "") -> None:
    state.mkdir(exist_ok=True)
    record = {
        "boot": boot or BOOT_ID.read_text().strip(),
        "port": 5999,
        "processes": [{"pid": pid, "started": started}],
    }
    (state / f"{service}.json").write_text(json.dumps(record), encoding="utf-8")


def start_time(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])


def test_status_says_that_nothing_was_started_and_fails(environment):
    done = run("status", environment)
    assert done.stdout.splitlines() == [
        "PostgreSQL: not started",
        "Redis: not started",
        "Elasticsearch: not started",
    ]
    assert done.returncode == 1


def test_env_prints_nothing_while_nothing_runs(environment):
    done = run("env", environment)
    assert (done.returncode, done.stdout) == (0, "")


def test_stop_with_nothing_started_succeeds_and_says_so(environment):
    done = run("stop", environment)
    assert done.returncode == 0
    assert done.stderr.count("nothing of ours runs") == 3


def test_stop_leaves_a_process_alone_that_took_over_a_recorded_pid(environment, state, bystander):
    write_record(state, "redis", pid=bystander.pid, started=start_time(bystander.pid) - 1)
    done = run("stop", environment)
    assert done.returncode == 0
    assert "Redis: nothing of ours runs" in done.stderr
    assert bystander.poll() is None
    assert not (state / "redis.json").exists()


def test_stop_leaves_a_process_alone_that_was_recorded_before_the_machine_started_again(
    environment, state, bystander
):
    started = start_time(bystander.pid)
    write_record(state, "redis", pid=bystander.pid, started=started, boot="another-boot")
    assert run("stop", environment).returncode == 0
    assert bystander.poll() is None


def test_stop_ends_exactly_the_recorded_process(environment, state, bystander):
    with subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"]) as ours:
        write_record(state, "redis", pid=ours.pid, started=start_time(ours.pid))
        done = run("stop", environment)
        assert "Redis: stopped" in done.stderr
        assert ours.wait(PATIENCE) == -signal.SIGTERM
    assert bystander.poll() is None


def test_a_record_that_cannot_be_read_stops_nothing_and_names_the_file(environment, state):
    state.mkdir()
    (state / "redis.json").write_text("half a rec", encoding="utf-8")
    done = run("stop", environment)
    assert done.returncode == 1
    assert str(state / "redis.json") in done.stderr


@pytest.mark.parametrize("variable", PORTS)
def test_a_taken_port_is_an_error_that_names_the_port_and_its_variable(environment, variable):
    with socket.create_server(("127.0.0.1", int(environment[variable]))) as server:
        done = run("start", environment)
        assert server.fileno() > 0
    assert done.returncode == 1
    assert f"Port {environment[variable]} " in done.stderr
    assert f"{variable}=" in done.stderr
    assert done.stdout == ""
    assert run("status", environment).stdout.count("not started") == 3


def test_a_port_that_is_none_is_refused_in_words(environment):
    done = run("start", environment | {"AIXIN_REDIS_PORT": "many"})
    assert done.returncode == 1
    assert "AIXIN_REDIS_PORT is not a port from 1024 to 65535: 'many'" in done.stderr


def test_every_variable_of_the_script_is_one_that_config_lets_pass():
    text = "".join(path.read_text("utf-8") for path in (ROOT / ".ci/servicelib").glob("*.py"))
    assert set(re.findall(r"AIXIN_[A-Z_]*[A-Z]", text)) <= SCRIPT_VARIABLES


@pytest.fixture
def redis_only(environment: dict[str, str]) -> Iterator[Callable[[str], Done]]:
    """The command with Redis as its one server; stopped at the end whatever happens."""
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "from servicelib import command, redis;"
        "command.all_services = lambda: [redis.Redis()];"
        "sys.exit(command.main(sys.argv[2:]))"
    )

    def call(action: str) -> Done:
        return execute([sys.executable, "-c", script, str(ROOT / ".ci"), action], environment)

    yield call
    call("stop")


@pytest.mark.skipif(shutil.which("redis-server") is None, reason="redis-server is not installed")
def test_a_real_server_is_started_once_found_again_and_stopped(redis_only, environment, state):
    port = int(environment["AIXIN_REDIS_PORT"])
    first = redis_only("start")
    record = (state / "redis.json").read_text("utf-8")
    assert first.stdout == f"export REDIS_URL=redis://127.0.0.1:{port}/0\n"
    assert redis_only("status").returncode == 0

    again = redis_only("start")
    assert (again.returncode, again.stdout) == (0, first.stdout)
    assert (state / "redis.json").read_text("utf-8") == record

    assert "Redis: stopped" in redis_only("stop").stderr
    assert redis_only("status").stdout == "Redis: not started\n"
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


@pytest.mark.skipif(shutil.which("redis-server") is None, reason="redis-server is not installed")
def test_another_port_than_that_of_the_running_server_is_refused(redis_only, environment):
    redis_only("start")
    running = environment["AIXIN_REDIS_PORT"]
    environment["AIXIN_REDIS_PORT"] = environment["AIXIN_POSTGRES_PORT"]
    done = redis_only("start")
    assert done.returncode == 1
    assert f"Redis already runs on port {running}" in done.stderr
    assert redis_only("status").returncode == 0
