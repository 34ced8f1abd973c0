"""Plain SQL for the path of a gift, where building a query set costs more than running it.

Statements here are constants of our own with ``%s`` for every value. They run on both
databases; values go through ``stored`` where SQLite keeps them as text.
"""

import json
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

Statement = tuple[str, Sequence[Any]]
Row = tuple[Any, ...]


def rows(statement: str, values: Sequence[Any] = ()) -> list[Row]:
    """Run one statement and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def changed(statement: str, values: Sequence[Any] = ()) -> int:
    """Run one statement and return how many rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def together(statements: Iterable[Statement]) -> list[list[Row]]:
    """Run statements in order, on PostgreSQL in one round trip; return the rows of each."""
    listed = list(statements)
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            return [_answer(cursor, statement, values) for statement, values in listed]
        cursor.execute(
            ";\n".join(statement for statement, _values in listed),
            [value for _statement, values in listed for value in values],
        )
        answers = []
        for _statement in listed:
            answers.append(cursor.fetchall() if cursor.description else [])
            cursor.nextset()
        return answers


def _answer(cursor: Any, statement: str, values: Sequence[Any]) -> list[Row]:
    cursor.execute(statement, values)
    return cursor.fetchall() if cursor.description else []


def values_list(count: int, row: str) -> str:
    """Return ``row`` that many times, for ``VALUES``."""
    return ", ".join([row] * count)


def stored(value: Any) -> Any:
    """Return a value as the database keeps it: instants, days, UUIDs, lists and objects."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return value


def joined() -> AbstractContextManager[Any]:
    """Open a transaction, or join the caller's without a savepoint of its own.

    For work that refuses before it has changed anything: the caller may catch the refusal
    and go on.
    """
    return nullcontext() if connection.in_atomic_block else transaction.atomic()
