"""Plain SQL for the path of a gift, where building a query set costs more than running it.

Statements here are constants of our own with ``%s`` for every value. They run on both
databases; values go through ``stored`` where SQLite keeps them as text.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Field, Model, TextChoices

Values = Sequence[Any] | Mapping[str, Any]
Statement = tuple[str, Sequence[Any]]
Row = tuple[Any, ...]
Converter = tuple[int, Any, list[Callable[[Any, Any, Any], Any]]]
M = TypeVar("M", bound=Model)


def rows(statement: str, values: Values = ()) -> list[Row]:
    """Run one statement and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def changed(statement: str, values: Values = ()) -> int:
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


def first(model: type[M], condition: str, values: Sequence[Any]) -> M | None:
    """Return a row that fits the condition as an instance, or None.

    The condition may end in ``ORDER BY`` or ``for_update()``.
    """
    found = rows(f"{_select(model)} WHERE {condition}", values)
    if not found:
        return None
    row = list(found[0])
    names, converters = _reading(model, connection.vendor)
    for position, expression, functions in converters:
        for function in functions:
            row[position] = function(row[position], expression, connection)
    return model.from_db(connection.alias, names, row)


def for_update() -> str:
    """Return the clause that locks rows until the transaction ends; SQLite has one writer.

    It leaves a row's key alone: whoever inserts a row that points at it need not wait, and
    so takes no lock out of order.

    Raises:
        TransactionManagementError: there is no transaction, on either database: the lock
            would be gone before it is of use.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("for_update() needs a transaction")
    return " FOR NO KEY UPDATE" if connection.features.has_select_for_update else ""


def insert(instance: Model, *, otherwise: str = "") -> None:
    """Insert a new row and give the instance its key. No signal is sent.

    ``otherwise`` is an ``ON CONFLICT`` clause that updates, so that there is a key.
    """
    ((instance.pk,),) = rows(*insertion([instance], otherwise=otherwise))
    instance._state.adding, instance._state.db = False, connection.alias


def insertion(instances: Sequence[Model], *, otherwise: str = "") -> Statement:
    """Return the statement that inserts new rows of one model, at least one."""
    model = type(instances[0])
    fields = _written(model)
    row = f"({', '.join(['%s'] * len(fields))})"
    values = [
        field.get_db_prep_save(field.pre_save(instance, add=True), connection)
        for instance in instances
        for field in fields
    ]
    listed = ", ".join([row] * len(instances))
    return f"{_insert_into(model)} VALUES {listed} {otherwise} RETURNING id", values


def replacement(instance: Model) -> Statement:
    """Return the statement that ``instance.save()`` runs for a row that is there."""
    values = [
        field.get_db_prep_save(field.pre_save(instance, add=False), connection)
        for field in _written(type(instance))
    ]
    return _update(type(instance)), [*values, instance.pk]


@cache
def _select(model: type[Model]) -> str:
    columns = ", ".join(str(field.column) for field in model._meta.concrete_fields)
    return f"SELECT {columns} FROM {model._meta.db_table}"  # noqa: S608 our names


@cache
def _reading(model: type[Model], _vendor: str) -> tuple[list[str], list[Converter]]:
    """Return the names of a row's fields, and what makes Python values of its columns."""
    fields = model._meta.concrete_fields
    converters = []
    for position, field in enumerate(fields):
        column = field.get_col(model._meta.db_table)
        functions = [
            *connection.ops.get_db_converters(column),
            *column.get_db_converters(connection),
        ]
        if functions:
            converters.append((position, column, functions))
    return [field.attname for field in fields], converters


@cache
def _written(model: type[Model]) -> list[Field]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


@cache
def _insert_into(model: type[Model]) -> str:
    columns = ", ".join(str(field.column) for field in _written(model))
    return f"INSERT INTO {model._meta.db_table} ({columns})"


@cache
def _update(model: type[Model]) -> str:
    changes = ", ".join(f"{field.column} = %s" for field in _written(model))
    return f"UPDATE {model._meta.db_table} SET {changes} WHERE id = %s"  # noqa: S608 our names


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


def literals(*states: TextChoices) -> str:
    """Return states as SQL writes them, ``'held', 'captured'``: our own constants, no values."""
    return ", ".join(f"'{state.value}'" for state in states)


def joined() -> AbstractContextManager[Any]:
    """Open a transaction, or join the caller's without a savepoint of its own.

    For work that refuses before it has changed anything: the caller may catch the refusal
    and go on.
    """
    return nullcontext() if connection.in_atomic_block else transaction.atomic()
