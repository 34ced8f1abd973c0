"""Tokens in tsvectors. Importable on PostgreSQL only."""

from typing import Any

from modelsearch.backends.database.postgres.postgres import PostgresIndex, PostgresSearchBackend

from cms.editors.search.tokenised import TokenIndex, TokenSearch


class Index(TokenIndex, PostgresIndex):
    """Rows of tokens."""


class Backend(TokenSearch, PostgresSearchBackend):
    """tsquery built from tokens only; words are never stemmed."""

    index_class = Index

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__({"SEARCH_CONFIG": "simple", **params})
