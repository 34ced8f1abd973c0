"""Account codes are spelled in the chart of accounts and nowhere else."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.sources import FOLDERS, ROOT, modules, name, tree

CHART = ROOT / "donations" / "chart.py"
# Entries of goods have keys that begin with "goods:" too, so that head alone is no account.
ACCOUNT = re.compile(r"\b(assets|funds|expenses):(?! )|\bgoods:(held|campaign)\b")


def spelled_in(source: ast.AST) -> list[str]:
    """Return the account codes and prefixes in a module's texts; docstrings may name them."""
    described = {
        id(node.body[0].value)
        for node in ast.walk(source)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(source)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in described
        and ACCOUNT.search(node.value)
    ]


def other_sources() -> list[Path]:
    """Return the product's statements and templates."""
    found = [
        path
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".sql", ".html", ".txt", ".js"}
    ]
    assert len(found) > 100, "the templates were not found"
    return found


def test_only_the_chart_spells_an_account():
    spelled = {
        name(path): found
        for path in modules()
        if path != CHART and (found := spelled_in(tree(path)))
    }

    assert spelled == {}
    assert len(spelled_in(tree(CHART))) > 10


def test_no_statement_or_template_spells_an_account():
    assert [name(path) for path in other_sources() if ACCOUNT.search(path.read_text())] == []


@pytest.mark.parametrize(
    "planted",
    [
        'legs.filter(account__code="expenses:fees")',
        'code = f"funds:need:{need.code}"',
        'rows.filter(code__startswith="assets:match:")',
        "statement = \"SELECT 1 WHERE code = 'goods:held'\"",
        'def held():\n    """Return it."""\n    return "funds:returned"',
    ],
)
def test_a_planted_account_is_found(planted):
    assert len(spelled_in(ast.parse(planted))) == 1


@pytest.mark.parametrize(
    "allowed", ['"""Such as ``funds:need:N7K2M9QXA``."""', 'key = f"goods:{gift.code}"']
)
def test_an_example_in_a_docstring_and_a_key_are_no_account(allowed):
    assert spelled_in(ast.parse(allowed)) == []
