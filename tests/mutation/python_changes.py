"""What may be wrong in one place of a Python tree: a boundary, a sign, a condition, a state."""

import ast
import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.mutation.sql_changes import sql_changes

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}
ORDERINGS = {"sorted", "reversed"}
QUERIES = {"filter", "exclude", "get", "update", "Q"}
LOOKUPS = {"__lt": "__lte", "__lte": "__lt", "__gt": "__gte", "__gte": "__gt"}


@dataclass(frozen=True, slots=True)
class Change:
    """One wrong thing: what stands in place of a node. ``label`` says it to people."""

    operator: str
    label: str
    node: ast.AST


def changes_of(node: ast.AST, states: dict[str, list[str]]) -> Iterator[Change]:
    """Yield what may be wrong about this node alone; its parts are nodes of their own.

    ``states`` gives the names that the module takes from each table of states.
    """
    kinds = {
        ast.Compare: _compared,
        ast.BoolOp: _joined,
        ast.UnaryOp: _unary,
        ast.BinOp: _arithmetic,
        ast.Constant: _constant,
        ast.JoinedStr: _formatted,
        ast.Return: _returned,
        ast.Call: _called,
        ast.MatchValue: _matched,
    }
    if kind := kinds.get(type(node)):
        yield from kind(node)
    if isinstance(node, ast.If | ast.While | ast.IfExp):
        yield from _tested(node)
    if isinstance(node, ast.comprehension):
        yield from _sifted(node)
    if isinstance(node, ast.Attribute):
        yield from _state(node, states)
    if isinstance(node, ast.Expr | ast.AugAssign | ast.Assign | ast.Raise):
        yield from _removed(node)


def _compared(node: ast.Compare) -> Iterator[Change]:
    for index, operator in enumerate(node.ops):
        for other in COMPARISONS[type(operator)]:
            new = copy.deepcopy(node)
            new.ops[index] = other()
            yield _change("comparison", node, new)


def _joined(node: ast.BoolOp) -> Iterator[Change]:
    new = copy.deepcopy(node)
    new.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield _change("boolean", node, new)
    for index, value in enumerate(node.values):
        new = copy.deepcopy(node)
        del new.values[index]
        rest = new if len(new.values) > 1 else new.values[0]
        yield Change("condition", f"{text(node)} without {text(value)}", rest)


def _unary(node: ast.UnaryOp) -> Iterator[Change]:
    if isinstance(node.op, ast.Not | ast.USub | ast.Invert):
        yield _change("negation", node, node.operand)


def _arithmetic(node: ast.BinOp) -> Iterator[Change]:
    if any(is_text(side) for side in (node.left, node.right)) or isinstance(node.right, ast.Dict):
        return
    if other := ARITHMETIC.get(type(node.op)):
        new = copy.deepcopy(node)
        new.op = other()
        yield _change("arithmetic", node, new)
    if isinstance(node.op, ast.FloorDiv):
        new = copy.deepcopy(node)
        new.left = ast.UnaryOp(ast.USub(), new.left)
        yield Change("rounding", f"{text(node)} rounded up", ast.UnaryOp(ast.USub(), new))


def _constant(node: ast.Constant) -> Iterator[Change]:
    if isinstance(node.value, bool):
        yield _change("constant", node, ast.Constant(not node.value))
    elif isinstance(node.value, int):
        yield _change("constant", node, ast.Constant(node.value + 1))
    elif isinstance(node.value, str):
        for label, statement in sql_changes(node.value):
            yield Change("sql", label, ast.Constant(statement))


def _formatted(node: ast.JoinedStr) -> Iterator[Change]:
    """Change the SQL of an f-string; what it formats stands in the text as ⟦0⟧, ⟦1⟧, …"""
    whole = "".join(
        value.value if isinstance(value, ast.Constant) else f"⟦{index}⟧"
        for index, value in enumerate(node.values)
    )
    names = {
        f"⟦{index}⟧": f"{{{text(value.value)}}}"
        for index, value in enumerate(node.values)
        if isinstance(value, ast.FormattedValue)
    }
    for label, statement in sql_changes(whole):
        parts = statement.replace("⟧", "⟦").split("⟦")
        values = [
            node.values[int(part)] if index % 2 else ast.Constant(part)
            for index, part in enumerate(parts)
        ]
        said = re.sub("⟦.*?⟧", lambda mark: names.get(mark.group(), "{…}"), label)
        yield Change("sql", said, ast.JoinedStr(copy.deepcopy(values)))


def _returned(node: ast.Return) -> Iterator[Change]:
    if node.value is not None and not isinstance(node.value, ast.Constant):
        yield Change("return", f"{text(node)} → return None", ast.Return(None))


def _called(node: ast.Call) -> Iterator[Change]:
    name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
    if isinstance(node.func, ast.Name) and name in CALLS:
        new = copy.deepcopy(node)
        new.func = ast.Name(CALLS[name], ast.Load())
        yield _change("call", node, new)
    if isinstance(node.func, ast.Name) and name in ORDERINGS:
        yield _change("order", node, node.args[0])
    if name in QUERIES:
        yield from _queried(node)


def _queried(node: ast.Call) -> Iterator[Change]:
    """Leave each condition of a query out, and move its boundaries."""
    for index, keyword in enumerate(node.keywords):
        if keyword.arg is None:
            continue
        new = copy.deepcopy(node)
        del new.keywords[index]
        yield Change("query", f"{text(node.func)}(…) without {keyword.arg}", new)
        for lookup, other in LOOKUPS.items():
            if keyword.arg.endswith(lookup):
                new = copy.deepcopy(node)
                new.keywords[index].arg = keyword.arg.removesuffix(lookup) + other
                label = f"{text(node.func)}({keyword.arg} → {new.keywords[index].arg})"
                yield Change("query", label, new)


def _matched(node: ast.MatchValue) -> Iterator[Change]:
    if is_text(node.value):
        yield _change("case", node, ast.MatchValue(ast.Constant("changed")))


def _tested(node: ast.If | ast.While | ast.IfExp) -> Iterator[Change]:
    if isinstance(node.test, ast.Compare | ast.UnaryOp):
        return  # turned round where they stand
    new = copy.deepcopy(node)
    new.test = ast.UnaryOp(ast.Not(), new.test)
    yield Change("negation", f"if {text(node.test)} → if not", new)


def _sifted(node: ast.comprehension) -> Iterator[Change]:
    for index, test in enumerate(node.ifs):
        new = copy.deepcopy(node)
        del new.ifs[index]
        yield Change("condition", f"comprehension without if {text(test)}", new)


def _state(node: ast.Attribute, states: dict[str, list[str]]) -> Iterator[Change]:
    """Another state of the same table, where the module names more than one."""
    if not isinstance(node.value, ast.Name) or not isinstance(node.ctx, ast.Load):
        return
    names = states.get(node.value.id, [])
    if node.attr in names and len(names) > 1:
        new = copy.deepcopy(node)
        new.attr = names[(names.index(node.attr) + 1) % len(names)]
        yield _change("state", node, new)


def _removed(node: ast.Expr | ast.AugAssign | ast.Assign | ast.Raise) -> Iterator[Change]:
    is_call = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    # Without a plain name nothing works at all; a part of an object is another matter.
    is_part = isinstance(node, ast.Assign) and not isinstance(node.targets[0], ast.Name | ast.Tuple)
    if is_call or is_part or isinstance(node, ast.AugAssign | ast.Raise):
        yield Change("statement", f"{text(node)} removed", ast.Pass())


def states_in(tree: ast.Module) -> dict[str, list[str]]:
    """Return the names that a module takes from each class: ``S`` → [``PAUSED``, …]."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        is_part = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if is_part and node.attr.isupper() and node.value.id[0].isupper():
            found.setdefault(node.value.id, set()).add(node.attr)
    return {name: sorted(names) for name, names in found.items()}


def is_text(node: ast.AST) -> bool:
    """Return whether the node is a string as it stands."""
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def text(node: ast.AST) -> str:
    """Return the node as source on one line, cut where it is long."""
    source = " ".join(ast.unparse(node).split())
    return source if len(source) <= 110 else f"{source[:107]}…"


def _change(operator: str, old: ast.AST, new: ast.AST) -> Change:
    return Change(operator, f"{text(old)} → {text(new)}", new)
