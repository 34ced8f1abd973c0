"""What both databases share: rows given as tokens, queries asked as tokens."""

from copy import copy
from typing import Any

from django.db.models import QuerySet
from modelsearch.index import BaseField, RelatedFields
from modelsearch.query import MATCH_ALL, And, Not, Or, Phrase, PlainText

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
    """Return the query with every text in it cut into tokens; None where no token is left."""
    if isinstance(query, str):
        return " ".join(query_tokens(query)) or None
    if isinstance(query, PlainText | Phrase):
        words = " ".join(query_tokens(query.query_string))
        return PlainText(words, operator=getattr(query, "operator", "and")) if words else None
    if isinstance(query, And | Or):
        parts = [part for part in map(asked, query.subqueries) if part is not None]
        return type(query)(parts) if parts else None
    if isinstance(query, Not):
        part = asked(query.subquery)
        return Not(part) if part is not None else None
    return query


class TokenSearch:
    """A backend that asks in tokens."""

    def _search(self, compiler: Any, query: Any, model: Any, **options: Any) -> Any:
        if options.get("fields"):
            # Columns hold text, only the index holds tokens; so the whole index answers.
            options["fields"] = None
        tokens = asked(query)
        if tokens is None:
            # A query of signs alone finds nothing; Wagtail's own empty result breaks its lists.
            rows = model if isinstance(model, QuerySet) else model.objects.all()
            model, tokens = rows.none(), MATCH_ALL
        return super()._search(compiler, tokens, model, **options)  # type: ignore[misc]


class TokenIndex:
    """An index that keeps tokens."""

    def add_items(self, model: Any, rows: Any) -> None:
        """Keep tokens instead of text."""
        super().add_items(model, [Tokenised(row) for row in rows])  # type: ignore[misc]
