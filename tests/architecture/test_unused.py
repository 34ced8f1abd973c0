"""Nothing stands in the product that nothing uses."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import FOLDERS, ROOT

READ_BY_NAME = {".py", ".html", ".txt", ".sql"}
# Django, Celery and Wagtail find these by their name alone.
FOUND = {"Command", "urlpatterns", "application"}
# The payment provider in memory, for the tests of whoever writes a gateway.
FOUND |= {"FakeGateway"}
# The order of locks is written for people; tests hold every path to it.
HELD_BY_TESTS = {"RANKS", "WITHIN_A_GIFT"}
# Rules of the business whose pages are still to come: rule 13 (docs/rules.md).
WAITING = {"donation_refund", "fund_pause", "fund_resume"}


def words() -> Counter[str]:
    """Count every word of the product."""
    found: Counter[str] = Counter()
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in READ_BY_NAME:
                found.update(re.findall(r"\w+", path.read_text()))
    return found


def named(module: ast.Module) -> Iterator[str]:
    """Yield what a module defines for others; what registers itself is used by that."""
    for node in module.body:
        if isinstance(node, ast.ClassDef) and "AppConfig" in map(ast.unparse, node.bases):
            continue
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            if not any(isinstance(each, ast.Call) for each in node.decorator_list):
                yield node.name
        elif isinstance(node, ast.Assign):
            yield from (each.id for each in node.targets if isinstance(each, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def unused(path: Path, used: Counter[str]) -> list[str]:
    names = named(ast.parse(path.read_text()))
    return [
        name for name in names if used[name] < 2 and name not in FOUND | WAITING | HELD_BY_TESTS
    ]


def test_every_name_is_used_somewhere():
    used = words()
    modules = [
        path
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts and "settings" not in path.parts
    ]
    found = {str(path.relative_to(ROOT)): unused(path, used) for path in modules}

    assert len(modules) > 300
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        ("def quite_forgotten():\n    pass", ["quite_forgotten"]),
        ("class QuiteForgotten:\n    pass", ["QuiteForgotten"]),
        ("QUITE_FORGOTTEN = 1", ["QUITE_FORGOTTEN"]),
        ("QUITE_FORGOTTEN: int = 1", ["QUITE_FORGOTTEN"]),
        ("@register.filter(name='x')\ndef quite_forgotten():\n    pass", []),
        ("def need_move():\n    pass", []),
    ],
)
def test_a_planted_one_is_told(tmp_path, planted, told):
    module = tmp_path / "planted.py"
    module.write_text(planted)

    assert unused(module, words() + Counter(named(ast.parse(planted)))) == told


def test_what_waits_for_its_page_is_there_and_still_waits():
    used = words()

    assert {name: used[name] for name in WAITING} == dict.fromkeys(WAITING, 1)
