"""Kept databases: where they lie, how they are written and read back."""

import gzip
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

FOLDER = Path(__file__).parent / "kept"
ROOT = Path(__file__).resolve().parents[2]
APPS = ("site/core", "matching", "donations", "cms", "search")


def migrations() -> dict[str, str]:
    """Return a digest of each of our migrations by its path."""
    return {
        str(path.relative_to(ROOT)): hashlib.sha256(path.read_bytes()).hexdigest()
        for app in APPS
        for path in sorted((ROOT / app).rglob("migrations/[0-9]*.py"))
    }


def frozen() -> dict[str, str]:
    """Return the digests that were written down when migrations were frozen."""
    found: dict[str, str] = json.loads((FOLDER / "migrations.json").read_text(encoding="utf-8"))
    return found


def kept(vendor: str) -> list[Path]:
    """Return the kept databases of a vendor, oldest first."""
    return sorted(FOLDER.glob(f"*.{vendor}.gz"))


def figures(path: Path) -> dict[str, object]:
    """Return what stood in a kept database: ``{"needs": 30, "ledger head": "…"}``."""
    name = path.name.split(".")[0]
    found: dict[str, object] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


def written(vendor: str, database: str, target: Path) -> None:
    """Write a database, a SQLite file's path or a PostgreSQL address, into ``target``."""
    if vendor == "sqlite":
        whole = Path(f"{database}.whole")
        with closing(sqlite3.connect(database)) as handle:
            # One file, without what its log still holds.
            handle.execute("VACUUM INTO ?", [str(whole)])
        with whole.open("rb") as source, gzip.GzipFile(target, "wb", mtime=0) as out:
            shutil.copyfileobj(source, out)
        return
    done = subprocess.run(
        ["pg_dump", "--format=plain", "--no-owner", "--no-privileges", database],
        check=True,
        capture_output=True,
    )
    target.write_bytes(gzip.compress(done.stdout, mtime=0))


def read_back(path: Path, vendor: str, database: str) -> None:
    """Fill an empty database, a SQLite file's path or a PostgreSQL address, from a kept one."""
    if vendor == "sqlite":
        with gzip.open(path, "rb") as source, Path(database).open("wb") as out:
            shutil.copyfileobj(source, out)
        return
    subprocess.run(
        ["psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--dbname", database],
        input=gzip.decompress(path.read_bytes()),
        check=True,
        capture_output=True,
        env=os.environ | {"PGOPTIONS": "-c client_min_messages=warning"},
    )
