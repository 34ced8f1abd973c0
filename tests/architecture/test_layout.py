"""The top level is fixed, and nothing collects in an attic."""

import subprocess

from tests.architecture.sources import ROOT, modules, name

TOP_LEVEL = {
    "site", "matching", "donations", "cms", "search", "tests", "docs", "requirements", ".ci",
    "docker-compose.yml", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "Makefile",
}  # fmt: skip
ATTICS = {"utils", "helpers", "common", "misc", "lib", "tools", "shared"}


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return listed.stdout.splitlines()


def test_the_top_level_is_the_agreed_one():
    found = {path.split("/")[0] for path in tracked()}
    assert {entry for entry in found if not entry.startswith(".")} | {".ci"} <= TOP_LEVEL


def test_no_module_is_an_attic():
    attics = [name(path) for path in modules() if path.stem in ATTICS]
    assert attics == []


def test_only_config_reads_the_environment():
    """Supervised children inherit the environment; reading a setting from it is config's."""
    readers = [
        name(path)
        for path in modules()
        if "site/config" not in name(path)
        and any(word in path.read_text() for word in ("os.environ[", "os.environ.get", "getenv"))
    ]
    assert readers == []


def test_generated_files_are_not_kept():
    kept = [path for path in tracked() if path.endswith((".mo", ".pyc", ".sqlite3", ".log"))]
    assert kept == []
