"""The top level is fixed, and nothing generated is kept."""

import subprocess

from tests.architecture.sources import ROOT

TOP_LEVEL = {
    "site", "matching", "donations", "cms", "search", "tests", "docs", "requirements", ".ci",
    "docker-compose.yml", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "Makefile",
}  # fmt: skip


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return listed.stdout.splitlines()


def test_the_top_level_is_the_agreed_one():
    found = {path.split("/")[0] for path in tracked()}
    assert {entry for entry in found if not entry.startswith(".")} | {".ci"} <= TOP_LEVEL


def test_generated_files_are_not_kept():
    kept = [path for path in tracked() if path.endswith((".mo", ".pyc", ".sqlite3", ".log"))]
    assert kept == []
