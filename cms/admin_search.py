"""Wagtail's database search, taught Chinese and proof against quotation marks.

Stock Wagtail finds no part of a Chinese word and answers 500 to a query with a quotation
mark (ecosystem notes P3 and 27b). Here both what is stored and what is asked pass through
``core.tokens``, on SQLite and on PostgreSQL. Used by the admin alone; the public searches in
the app ``search``.
"""

from copy import copy
from typing import Any

from django.db import connection
from modelsearch.backends.database.postgres.postgres import PostgresIndex, PostgresSearchBackend
from modelsearch.backends.database.sqlite.sqlite import SQLiteIndex, SQLiteSearchBackend
from modelsearch.index import BaseField, RelatedFields
from modelsearch.query import And, Not, Or, Phrase, PlainText

from core.tokens import index_tokens, query_tokens


class Tokenised:
    """An object whose search fields give tokens instead of text."""

    def __init__(self, row: Any) -> None:
        self.pk = row.pk
        self._fields = [_tokenised(field, row) for field in row.get_search_fields()]

    def get_search_fields(self) -> list[Any]:
        """The model's fields, tokenised."""
        return self._fields


def _tokenised(field: Any, row: Any = None) -> Any:
    """Return a copy of a search field that reads ``row`` (or what it is given) as tokens."""
    twin = copy(field)
    if isinstance(field, RelatedFields):
        twin.fields = [_tokenised(sub) for sub in field.fields]
        if row is not None:
            twin.get_value = lambda _given: field.get_value(row)
    elif isinstance(field, BaseField):
        twin.get_value = lambda given: index_tokens(
            flat_text(field.get_value(given if row is None else row))
        )
    return twin


def flat_text(value: Any) -> str:
    """Return every text within a field's value, one after the other."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return " ".join(flat_text(part) for part in value.values())
    if isinstance(value, list | tuple):
        return " ".join(flat_text(part) for part in value)
    return "" if value is None else str(value)


def asked(query: Any) -> Any:
    """Return the query with every text in it cut into tokens; ``""`` asks for nothing."""
    if isinstance(query, str):
        return " ".join(query_tokens(query))
    if isinstance(query, PlainText | Phrase):
        operator = getattr(query, "operator", "and")
        return PlainText(" ".join(query_tokens(query.query_string)), operator=operator)
    if isinstance(query, And | Or):
        return type(query)([asked(part) for part in query.subqueries])
    if isinstance(query, Not):
        return Not(asked(query.subquery))
    return query


class _TokenSearch:
    def _search(self, compiler: Any, query: Any, model: Any, **options: Any) -> Any:
        if options.get("fields"):
            # Columns hold text, only the index holds tokens; so the whole index answers.
            options["fields"] = None
        return super()._search(compiler, asked(query), model, **options)  # type: ignore[misc]


class _TokenIndex:
    def add_items(self, model: Any, rows: Any) -> None:
        super().add_items(model, [Tokenised(row) for row in rows])  # type: ignore[misc]


class SQLiteTokenIndex(_TokenIndex, SQLiteIndex):
    """Tokens in FTS5."""


class PostgresTokenIndex(_TokenIndex, PostgresIndex):
    """Tokens in tsvectors."""


class SQLiteTokenBackend(_TokenSearch, SQLiteSearchBackend):
    """FTS5 MATCH built from tokens only."""

    index_class = SQLiteTokenIndex


class PostgresTokenBackend(_TokenSearch, PostgresSearchBackend):
    """tsquery built from tokens only."""

    index_class = PostgresTokenIndex


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 Wagtail looks for this name
    """Return the backend for the database in use; words are never stemmed."""
    if connection.vendor == "postgresql":
        return PostgresTokenBackend({"SEARCH_CONFIG": "simple", **params})
    return SQLiteTokenBackend(params)
