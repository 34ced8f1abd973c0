"""Tokens in FTS5. Importable on SQLite only: elsewhere Wagtail has no such table."""

from modelsearch.backends.database.sqlite.sqlite import SQLiteIndex, SQLiteSearchBackend

from cms.editors.search.tokenised import TokenIndex, TokenSearch


class Index(TokenIndex, SQLiteIndex):
    """Rows of tokens."""


class Backend(TokenSearch, SQLiteSearchBackend):
    """MATCH built from tokens only."""

    index_class = Index
