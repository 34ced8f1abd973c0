"""Tests wait for what they wait for (tests/waiting.py), never for a time of their own."""

import ast
from collections.abc import Iterator

from tests.architecture.rules.rule import Finding, rule
from tests.architecture.sources import House

TAKES_SECONDS = {"wait", "join", "communicate", "set_default_timeout"}


@rule(
    excepted={
        "tests/waiting.py": "the one place that sleeps",
        "tests/benchmarks/*": "they measure: their seconds are what they are for",
        "tests/demo/parent.py": "a process of its own that looks after its parts for ever",
        "tests/races/lock_work.py": "who was refused tries again after a moment",
        "tests/races/match_work.py": "the thinking that makes the control lose updates",
    }
)
def waits_end_by_condition(house: House) -> Iterator[Finding]:
    """A test neither sleeps nor gives a wait a number of seconds of its own."""
    for source in house.files("tests", suffix=".py"):
        for call in source.of(ast.Call):
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            if name == "sleep":
                yield Finding(source.path, f"sleeps in line {call.lineno}")
            elif any(map(_is_number, _limits(call, name))):
                yield Finding(source.path, f"waits for a number of seconds in line {call.lineno}")


def _limits(call: ast.Call, name: str) -> list[ast.expr]:
    named = [word.value for word in call.keywords if word.arg == "timeout"]
    return named + (call.args if name in TAKES_SECONDS else [])


def _is_number(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, int | float)
