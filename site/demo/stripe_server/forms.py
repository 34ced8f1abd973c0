"""Stripe's request encoding: ``a[b][0][c]=1`` as nested dicts with string keys."""

import re
from typing import Any
from urllib.parse import parse_qsl

from .errors import StripeError

KEY = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
PART = re.compile(r"\[([^\[\]]*)\]")


def parse(encoded: str) -> dict[str, Any]:
    """Nested dicts; ``x[]=1&x[]=2`` becomes ``{"x": {"0": "1", "1": "2"}}``.

    Lists stay dicts of digits: only a parameter's own type can say whether ``metadata[1]`` is a
    list. Raises StripeError for keys that cannot be read or that contradict each other.
    """
    tree: dict[str, Any] = {}
    for name, value in parse_qsl(encoded, keep_blank_values=True):
        found = KEY.fullmatch(name)
        if not found:
            raise StripeError(f"Invalid request: cannot read parameter {name}")
        _place(tree, [found[1], *PART.findall(found[2])], value, name)
    return tree


def _place(tree: dict[str, Any], path: list[str], value: str, name: str) -> None:
    node = tree
    for part in path[:-1]:
        node = node.setdefault(part or str(len(node)), {})
        if not isinstance(node, dict):
            raise StripeError(f"Invalid request: {name} is given as a value and as an object")
    last = path[-1] or str(len(node))
    if isinstance(node.get(last), dict):
        raise StripeError(f"Invalid request: {name} is given as a value and as an object")
    node[last] = value
