"""A text column of tokens, searched through each database's own full-text index."""

from typing import Any

from django.db import models

TOKEN_LENGTH = 64


def cut(tokens: list[str]) -> list[str]:
    """Return the tokens at a length that every index takes (PostgreSQL stops at 2 kB)."""
    return [token[:TOKEN_LENGTH] for token in tokens]


class TokensField(models.TextField):
    """Tokens separated by single spaces; ``field__match=[tokens]`` finds rows with them all."""

    description = "tokens separated by spaces"


@TokensField.register_lookup
class Match(models.Lookup):
    """All of the tokens, in any order. Tokens hold letters and digits only, and are quoted.

    SQLite asks the FTS5 table beside the model's own, PostgreSQL a tsvector made without
    its parser, whose words are not ours, so that both see exactly the same tokens.
    """

    lookup_name = "match"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: Any) -> tuple[str, Any]:
        """Return the query text in the database's own language."""
        mark, quote = (" & ", "'") if connection.vendor == "postgresql" else (" ", '"')
        return "%s", [mark.join(f"{quote}{token}{quote}" for token in value)]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Ask the FTS5 twin of the table."""
        options = self.lhs.target.model._meta
        key = compiler.quote_name_unless_alias(self.lhs.alias) + f'."{options.pk.column}"'
        _sql, params = self.process_rhs(compiler, connection)
        fts = f"{options.db_table}_fts"
        return f"{key} IN (SELECT rowid FROM {fts} WHERE {fts} MATCH %s)", params  # noqa: S608

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Ask the expression index ``search_needtext_tokens``."""
        column, params = self.process_lhs(compiler, connection)
        _sql, query = self.process_rhs(compiler, connection)
        sql = f"array_to_tsvector(string_to_array({column}, ' ')) @@ %s::tsquery"
        return sql, [*params, *query]
