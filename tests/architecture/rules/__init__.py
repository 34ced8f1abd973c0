"""The rules of the house, one function each; `tests/architecture/test_rules.py` keeps them."""

from tests.architecture.rules import (
    accounts,
    documents,
    imports,
    layers,
    network,
    pages,
    places,
    signals,
    sizes,
    states,
    tasks,
    waiting,
    writing,
)
from tests.architecture.rules.rule import RULES

__all__ = [
    "RULES",
    "accounts",
    "documents",
    "imports",
    "layers",
    "network",
    "pages",
    "places",
    "signals",
    "sizes",
    "states",
    "tasks",
    "waiting",
    "writing",
]
