"""Running the checks of ``matching/sql/invariants.sql``."""

import re
from pathlib import Path

from django.db import connection

INVARIANTS = Path(__file__).resolve().parents[1] / "sql" / "invariants.sql"
_NAME = re.compile(r"^-- name: (.+)$", re.MULTILINE)


def fund_invariant_violations() -> list[str]:
    """Return one line per broken row, naming its check; an empty list is the good news."""
    violations = []
    for name, statement in _statements():
        with connection.cursor() as cursor:
            cursor.execute(statement)
            columns = [column[0] for column in cursor.description]
            violations += [f"{name}: {_told(columns, row)}" for row in cursor.fetchall()]
    return violations


def _told(columns: list[str], row: tuple) -> str:
    return ", ".join(f"{key}={value}" for key, value in zip(columns, row, strict=True))


def _statements() -> list[tuple[str, str]]:
    """Split the file at its ``-- name:`` lines."""
    pieces = _NAME.split(INVARIANTS.read_text(encoding="utf-8"))[1:]
    return [
        (name, statement.strip().rstrip(";"))
        for name, statement in zip(pieces[::2], pieces[1::2], strict=True)
    ]
