"""What the architecture tests look at: every source file once, parsed."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("site", "matching", "donations", "cms", "search")


@cache
def modules() -> tuple[Path, ...]:
    """Return every Python source of the product, without migrations."""
    found = [
        path
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]
    assert len(found) > 80, "the sources were not found"
    return tuple(found)


@cache
def tree(path: Path) -> ast.Module:
    """Return the parsed module."""
    return ast.parse(path.read_text(), filename=str(path))


def name(path: Path) -> str:
    """Return the path as people write it."""
    return str(path.relative_to(ROOT))
