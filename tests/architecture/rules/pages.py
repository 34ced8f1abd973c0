"""What views may hold: no queries, and the templates of their own room."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.architecture.rules.rule import Finding, rule
from tests.architecture.sources import House

# What answers an address: pages, and the entries for machines.
ENTRIES = {"views", "view", "api", "webhooks"}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
# From the database's package a view needs types, to say what it takes.
TYPES = {"QuerySet", "Model"}
SHORTCUTS = {"get_object_or_404", "get_list_or_404", "aget_object_or_404"}
ALWAYS = {
    *("all", "filter", "exclude", "annotate", "aggregate", "alias", "distinct", "order_by"),
    *("select_related", "prefetch_related", "select_for_update", "only", "defer", "in_bulk"),
    *("exists", "first", "last", "latest", "earliest", "iterator", "values_list", "using"),
    *("create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "save"),
    *("delete", "refresh_from_db", "raw", "execute", "extra", "none", "reverse_order"),
}
# Methods that dictionaries, lists and texts have too, told apart by how they are called.
WITH_KEYWORDS = {"get", "update"}
WITHOUT_ARGUMENTS = {"get", "count"}
WITH_ARGUMENTS = {"values"}
ROOM = re.compile(r"(matching|donations|cms|search)/(\w+)/")
TEMPLATE = re.compile(r"[\w/]+\.html")
OF_ALL = ("components/", "emails/", "core/")
# Models are one package for all rooms of an app; so are their pages' templates.
SHARED = {"models", "management"}


@rule()
def views_hold_no_queries(house: House) -> Iterator[Finding]:
    """Views hold no queries: what they show they ask a selector for."""
    for source in house.product:
        path = PurePosixPath(source.path)
        if "models" in path.parts or not (path.stem in ENTRIES or "views" in path.parts):
            continue
        for what in queries(source.tree):
            yield Finding(source.path, what)


def queries(module: ast.Module) -> Iterator[str]:
    """Yield what in a module reads or writes rows, with its line."""
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom):
            taken = {alias.name for alias in node.names}
            database = (node.module or "").startswith("django.db")
            wrong = taken - TYPES if database else taken & SHORTCUTS
            yield from (f"line {node.lineno} imports {one}" for one in sorted(wrong))
        elif isinstance(node, ast.Attribute) and node.attr in MANAGERS | SHORTCUTS:
            yield f"line {node.lineno} uses .{node.attr}"
        elif isinstance(node, ast.Call) and _asks_for_rows(node):
            yield f"line {node.lineno} calls {ast.unparse(node.func)}()"


def _asks_for_rows(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    method = call.func.attr
    return (
        method in ALWAYS
        or (method in WITH_KEYWORDS and bool(call.keywords) and not call.args)
        or (method in WITHOUT_ARGUMENTS and not call.args)
        or (method in WITH_ARGUMENTS and bool(call.args or call.keywords))
    )


@rule()
def rooms_keep_their_templates(house: House) -> Iterator[Finding]:
    """A room's templates lie in the folder that bears the room's name."""
    for source in house.product:
        room = ROOM.match(source.path)
        if room is None or room[2] in SHARED:
            continue
        for text in source.of(ast.Constant):
            if (
                isinstance(text.value, str)
                and TEMPLATE.fullmatch(text.value)
                and not text.value.startswith((room[0], *OF_ALL))
            ):
                yield Finding(source.path, f"line {text.lineno} names {text.value}")
