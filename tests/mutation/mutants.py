"""Every mutant of a module: where it stands, what it says, and its compiled form."""

import ast
import copy
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType

from tests.mutation.python_changes import Change, changes_of, states_in, text

# What a call of these says is for people to read, not for the program.
SAID_BY = {"_", "gettext", "ngettext", "logger"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True)
class Place:
    """A node, its parent's field that holds it, and the function or class around it."""

    node: ast.AST
    parent: ast.AST
    field: str
    index: int | None
    where: str
    in_function: bool


@dataclass(frozen=True, slots=True)
class Mutant:
    """One wrong line of one source file. ``number`` counts the file's mutants.

    ``key`` names it as long as the line itself stays, wherever the line moves in its file.
    ``at_import`` is true where it stands outside functions: it is seen by those only that
    import the module afresh.
    """

    path: str
    number: int
    line: int
    where: str
    operator: str
    label: str
    key: str
    at_import: bool


@cache
def mutants_of(path: Path, root: Path, within: tuple[str, ...] = ()) -> tuple[Mutant, ...]:
    """Return the mutants of a file, of the definitions named in ``within`` if any are."""
    found = []
    seen: Counter[str] = Counter()
    for number, (place, change) in enumerate(_pairs(_tree(path))):
        if within and not place.where.startswith(within):
            continue
        key = f"{place.where}: {change.label}"
        seen[key] += 1
        found.append(
            Mutant(
                path=str(path.relative_to(root)),
                number=number,
                line=getattr(place.node, "lineno", 0) or place.node.target.lineno,
                where=place.where,
                operator=change.operator,
                label=change.label,
                key=key if seen[key] == 1 else f"{key} #{seen[key]}",
                at_import=not place.in_function,
            )
        )
    return tuple(found)


def mutated_code(path: Path, number: int) -> CodeType:
    """Return the file compiled with its mutant of that number."""
    tree = copy.deepcopy(_tree(path))
    place, change = list(_pairs(tree))[number]
    new = ast.copy_location(change.node, place.node)
    if place.index is None:
        setattr(place.parent, place.field, new)
    else:
        getattr(place.parent, place.field)[place.index] = new
    return compile(ast.fix_missing_locations(tree), str(path), "exec", dont_inherit=True)


def sample(mutants: Iterable[Mutant], *, count: int, seed: str) -> list[Mutant]:
    """Return that many by a hash of what they are, so that an edit changes few of them."""

    def rank(mutant: Mutant) -> bytes:
        return hashlib.sha256(f"{seed} {mutant.path} {mutant.key}".encode()).digest()

    return sorted(mutants, key=rank)[:count]


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def _pairs(tree: ast.Module) -> Iterator[tuple[Place, Change]]:
    states = states_in(tree)
    for place in _places(tree, where="", in_function=False):
        for change in changes_of(place.node, states):
            yield place, change


def _places(parent: ast.AST, *, where: str, in_function: bool) -> Iterator[Place]:
    """Walk a tree in the order of its source, past what no test could see."""
    for field, value in ast.iter_fields(parent):
        nodes = value if isinstance(value, list) else [value]
        for index, node in enumerate(nodes):
            if not isinstance(node, ast.AST) or _is_beside_the_point(parent, field, node):
                continue
            here = where or _assigned(node)
            # Defaults and decorators are looked at when the module is imported.
            body = in_function or (isinstance(parent, FUNCTIONS) and field == "body")
            yield Place(node, parent, field, index if isinstance(value, list) else None, here, body)
            inner = here
            if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
                inner = f"{where}.{node.name}".strip(".")
            yield from _places(node, where=inner, in_function=body)


def _assigned(node: ast.AST) -> str:
    """Return the name that a statement outside functions gives a value."""
    if isinstance(node, ast.Assign | ast.AnnAssign):
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        return text(target)
    return ""


def _is_beside_the_point(parent: ast.AST, field: str, node: ast.AST) -> bool:
    """Docstrings, annotations, decorators, and what is said in messages and logs."""
    if field in {"annotation", "returns", "decorator_list"}:
        return True
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(node, ast.If) and text(node.test) == "TYPE_CHECKING":
        return True
    # A formatted text is changed as a whole.
    if isinstance(parent, ast.Raise) or (
        isinstance(parent, ast.JoinedStr) and isinstance(node, ast.Constant)
    ):
        return True
    if isinstance(node, ast.Call):
        function = node.func
        name = function.value if isinstance(function, ast.Attribute) else function
        if isinstance(name, ast.Name) and name.id in SAID_BY:
            return True
    return isinstance(node, ast.Expr) and _is_beside_the_point(node, "value", node.value)
