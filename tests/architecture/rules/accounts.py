"""Account codes are spelled in the chart of accounts and nowhere else."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.rules.rule import Finding, rule
from tests.architecture.sources import FOLDERS, House, Source

CHART = "donations/chart.py"
# Entries of goods have keys that begin with "goods:" too, so that head alone is no account.
ACCOUNT = re.compile(r"\b(assets|funds|expenses):(?! )|\bgoods:(held|campaign)\b")
TEXTS = (".sql", ".html", ".txt", ".js")


@rule()
def accounts_in_the_chart(house: House) -> Iterator[Finding]:
    """An account's code, or its head, is spelled in the chart of accounts alone."""
    assert len(_spelled(house.sources[CHART])) > 10, "the chart spells no account"
    for source in house.product:
        if source.path != CHART:
            for text in _spelled(source):
                yield Finding(source.path, f"spells the account {text!r}")
    for suffix in TEXTS:
        for source in house.files(*FOLDERS, suffix=suffix):
            if ACCOUNT.search(source.text):
                yield Finding(source.path, "spells an account")


def _spelled(source: Source) -> list[str]:
    """Return the account codes in a module's texts; docstrings may give examples."""
    described = {
        id(node.body[0].value)
        for node in source.of(ast.Module, ast.ClassDef, ast.FunctionDef)
        if node.body and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in source.of(ast.Constant)
        if isinstance(node.value, str) and id(node) not in described and ACCOUNT.search(node.value)
    ]
