"""Elasticsearch indices: versions behind an alias, and documents pushed into them."""

from search.models import NeedText


def push(rows: list[NeedText]) -> None:
    """Bring the documents of the rows in step in every index being written."""
