"""The rules that must always hold, run as SQL over every app's ``sql/invariants.sql``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db import connection

_NAME = re.compile(r"^-- name: (.+)$", re.MULTILINE)
# As psql writes a variable that stands for a text: :'need_funds'.
_VARIABLE = re.compile(r":'(\w+)'")
# A broken rule may break for a million rows; this many tell the story.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Check:
    """A rule and the statement that returns the rows breaking it."""

    app: str
    name: str
    statement: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check found: one line per broken row, at most ``SHOWN`` of them."""

    app: str
    name: str
    violations: tuple[str, ...]


def checks() -> list[Check]:
    """Return the rules of all apps, in the order of their files.

    A ``:'name'`` in a file stands for the text of that name in ``sql_names`` of its app's
    config.

    Raises:
        KeyError: the app has no such name.
    """
    found = []
    for config in apps.get_app_configs():
        path = Path(config.path) / "sql" / "invariants.sql"
        if path.is_file():
            text = _with_names(path.read_text(encoding="utf-8"), getattr(config, "sql_names", {}))
            pieces = _NAME.split(text)[1:]
            found += [
                Check(config.label, name.strip(), statement.strip().rstrip(";"))
                for name, statement in zip(pieces[::2], pieces[1::2], strict=True)
            ]
    return found


def _with_names(text: str, names: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda found: "'" + names[found[1]].replace("'", "''") + "'", text)


def run(check: Check) -> Outcome:
    """Run one rule."""
    with connection.cursor() as cursor:
        # No parameters: a % in LIKE stands for itself.
        cursor.execute(check.statement)
        columns = [column[0] for column in cursor.description]
        rows = cursor.fetchmany(SHOWN)
    return Outcome(
        check.app,
        check.name,
        tuple(
            ", ".join(f"{name}={value}" for name, value in zip(columns, row, strict=True))
            for row in rows
        ),
    )


def violations(app: str = "") -> list[str]:
    """Return one line per broken row, naming its rule; empty when every rule holds.

    ``app`` asks for one app's rules only.
    """
    return [
        f"{check.name}: {line}"
        for check in checks()
        if app in ("", check.app)
        for line in run(check).violations
    ]
