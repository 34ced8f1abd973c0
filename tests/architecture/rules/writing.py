"""How writes, money and migrations are written."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.rules.rule import Finding, rule
from tests.architecture.sources import FOLDERS, House

LOCKS = re.compile(r"\bFOR\s+(?:NO\s+KEY\s+)?(?:UPDATE|SHARE)\b", re.IGNORECASE)
UPSERT = re.compile(r"ON CONFLICT \(([\w, ]+)\)[^;]*?DO UPDATE SET\s+(\w+)", re.DOTALL)
INEXACT = {"FloatField", "DecimalField"}


@rule(
    excepted={
        "donations/books/services/posting.py:debit": "as in any journal: account, amount",
        "donations/books/services/posting.py:credit": "as in any journal: account, amount",
        "donations/provider/services/refunds.py:match_share": "a gift and what went back of it",
        "donations/receipts/services/documents.py:*": "what is drawn, and nothing beside it",
    }
)
def services_take_keywords(house: House) -> Iterator[Finding]:
    """A public service is called with keywords alone."""
    for source in house.product:
        if "/services/" not in source.path and not source.path.endswith("/services.py"):
            continue
        for node in source.tree.body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            positional = [*node.args.posonlyargs, *node.args.args]
            if not node.name.startswith("_") and (positional or node.args.vararg):
                yield Finding(f"{source.path}:{node.name}", "takes positional arguments")


@rule(
    excepted={
        "matching/models/places.py:latitude": "degrees, not money",
        "matching/models/places.py:longitude": "degrees, not money",
        "matching/migrations/0001_initial.py:DecimalField": "the degrees of a place",
    }
)
def money_is_whole(house: House) -> Iterator[Finding]:
    """Money is kept in whole minor units: no column is a float or a decimal."""
    for source in house.with_migrations:
        if "/migrations/" not in source.path and "/models" not in f"/{source.path}":
            continue
        for call in source.of(ast.Call):
            kind = source.target(call.func).rpartition(".")[2]
            if kind in INEXACT:
                above = call.parent  # type: ignore[attr-defined]
                named = ast.unparse(above.targets[0]) if isinstance(above, ast.Assign) else kind
                yield Finding(f"{source.path}:{named}", f"is a {kind}")


@rule()
def migrations_go_back(house: House) -> Iterator[Finding]:
    """Every migration can be reversed, and has a name that says what it does."""
    for source in house.files(*FOLDERS, suffix=".py"):
        if "/migrations/" not in source.path:
            continue
        for call in source.of(ast.Call):
            kind = source.target(call.func).rpartition(".")[2]
            back = {"RunPython": "reverse_code", "RunSQL": "reverse_sql"}.get(kind)
            given = {keyword.arg for keyword in call.keywords}
            if back and len(call.args) < 2 and back not in given:
                yield Finding(source.path, f"line {call.lineno} has a {kind} without {back}")


@rule(
    excepted={
        "matching/funds/services/slots.py": "its savepoint refuses outside a transaction",
    }
)
def plain_locks_through_one_door(house: House) -> Iterator[Finding]:
    """A plain statement locks by `core.sql.for_update`, which asks for a transaction."""
    for source in house.with_migrations:
        for text in source.of(ast.Constant):
            if source.path == "site/core/sql.py" or not isinstance(text.value, str):
                continue
            if LOCKS.search(text.value) and not _is_docstring(text):
                yield Finding(source.path, f"line {text.lineno} locks by itself")


@rule()
def nobody_locks_a_key(house: House) -> Iterator[Finding]:
    """A lock leaves the row's key alone, so that a row that points at it need not wait."""
    for source in house.product:
        for call in source.of(ast.Call):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            if name == "select_for_update" and "no_key" not in {k.arg for k in call.keywords}:
                yield Finding(source.path, f"line {call.lineno} locks a key")
        for text in source.of(ast.Constant):
            found = isinstance(text.value, str) and UPSERT.search(text.value)
            if found and found[2] in re.findall(r"\w+", found[1]):
                yield Finding(source.path, f"line {text.lineno} writes the key {found[2]}")


def _is_docstring(text: ast.Constant) -> bool:
    return isinstance(text.parent, ast.Expr)  # type: ignore[attr-defined]
