"""Plain SQL takes the values of states from the state tables, or is held to them."""

import ast
import inspect
import re
from importlib import import_module

import pytest
from django.db.models import TextChoices

from tests.architecture.sources import FOLDERS, ROOT, modules, name

STATEMENT = re.compile(r"\b(SELECT|INSERT INTO|UPDATE|DELETE|WHERE|EXISTS|CASE WHEN)\b")
LITERAL = re.compile(r"'(\w+)'")
# Files of SQL cannot take constants: what they compare a column of states with is looked up.
COMPARED = re.compile(r"\b(?:status|state|kind|source)\s*(?:=|<>|IN|NOT IN)\s*(\([^)]*\)|'\w+')")


def state_values() -> frozenset[str]:
    """Return every value of every state table."""
    tables = [
        table
        for app in ("matching", "donations")
        for _name, table in inspect.getmembers(import_module(f"{app}.states"), inspect.isclass)
        if issubclass(table, TextChoices) and table is not TextChoices
    ]
    assert len(tables) > 20, "the state tables were not found"
    return frozenset(value for table in tables for value in table.values)


def written_in(source: str, values: frozenset[str]) -> list[str]:
    """Return the states that Python source writes into its SQL by hand."""
    return [
        literal
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and STATEMENT.search(node.value)
        for literal in LITERAL.findall(node.value)
        if literal in values
    ]


def unknown_in(statements: str, values: frozenset[str]) -> list[str]:
    """Return what a file of SQL compares states with and no state table knows."""
    without_comments = re.sub(r"--.*", "", statements)
    return [
        literal
        for compared in COMPARED.findall(without_comments)
        for literal in LITERAL.findall(compared)
        if literal not in values
    ]


def test_python_takes_states_in_sql_from_the_state_tables():
    values = state_values()
    written = {
        name(path): found for path in modules() if (found := written_in(path.read_text(), values))
    }
    assert written == {}


def test_files_of_sql_name_states_that_exist():
    values = state_values()
    files = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.sql"))]
    assert len(files) >= 2, "the files of SQL were not found"
    unknown = {
        name(path): found for path in files if (found := unknown_in(path.read_text(), values))
    }
    assert unknown == {}


@pytest.mark.parametrize(
    "source",
    [
        "UPDATE_IT = \"UPDATE matching_need SET status = 'published' WHERE id = %s\"",
        "f\"SELECT id FROM {table} WHERE state IN ('held', 'captured')\"",
    ],
)
def test_a_state_written_by_hand_is_found(source):
    assert written_in(source, state_values()) != []


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT id FROM matching_need WHERE status = 'publicised'",
        "SELECT id FROM donations_donation d WHERE d.status NOT IN ('collected', 'payed')",
        "SELECT id FROM donations_account AS a WHERE a.kind <> 'found'",
    ],
)
def test_a_state_that_no_table_knows_is_found(statement):
    assert len(unknown_in(statement, state_values())) == 1
