"""Plain SQL takes the values of states from the state tables, or is held to them."""

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module

from django.db.models import TextChoices

from tests.architecture.rules.rule import Finding, rule
from tests.architecture.sources import FOLDERS, House

STATEMENT = re.compile(r"\b(SELECT|INSERT INTO|UPDATE|DELETE|WHERE|EXISTS|CASE WHEN)\b")
LITERAL = re.compile(r"'(\w+)'")
# Files of SQL cannot take constants: what they compare a column of states with is looked up.
COMPARED = re.compile(r"\b(?:status|state|kind|source)\s*(?:=|<>|IN|NOT IN)\s*(\([^)]*\)|'\w+')")


@cache
def state_values() -> frozenset[str]:
    """Return every value of every state table."""
    tables = [
        table
        for app in ("matching", "donations", "core.two_people")
        for _name, table in inspect.getmembers(import_module(f"{app}.states"), inspect.isclass)
        if issubclass(table, TextChoices) and table is not TextChoices
    ]
    assert len(tables) > 20, "the state tables were not found"
    return frozenset(value for table in tables for value in table.values)


@rule()
def states_from_their_tables(house: House) -> Iterator[Finding]:
    """Python takes the states in its SQL from the state tables."""
    for source in house.product:
        for node in source.of(ast.Constant):
            if isinstance(node.value, str) and STATEMENT.search(node.value):
                for literal in LITERAL.findall(node.value):
                    if literal in state_values():
                        yield Finding(source.path, f"writes the state {literal!r} by hand")


@rule()
def states_that_exist(house: House) -> Iterator[Finding]:
    """A file of SQL compares states with values that their tables know."""
    for source in house.files(*FOLDERS, suffix=".sql"):
        for compared in COMPARED.findall(re.sub(r"--.*", "", source.text)):
            for literal in LITERAL.findall(compared):
                if literal not in state_values():
                    yield Finding(source.path, f"no state is called {literal!r}")
