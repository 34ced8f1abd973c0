"""A module stops at 400 lines, a function at 60."""

import ast

import pytest

from tests.architecture.sources import ROOT, modules, name, tree

MODULE_LINES = 400
FUNCTION_LINES = 60
# Texts and tables, not code.
DATA = ("site/demo/texts/", "site/core/styleguide_samples.py")


@pytest.mark.parametrize("folder", ["site", "matching", "donations", "cms", "search"])
def test_modules_stay_small(folder):
    large = {
        name(path): lines
        for path in modules()
        if name(path).startswith(f"{folder}/")
        and not name(path).startswith(DATA)
        and (lines := len(path.read_text().splitlines())) > MODULE_LINES
    }
    assert large == {}


def test_functions_stay_small():
    large = {}
    for path in modules():
        if name(path).startswith(DATA):
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    large[f"{name(path)}:{node.name}"] = lines
    assert large == {}


def test_test_modules_stay_small():
    large = {
        name(path): lines
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if (lines := len(path.read_text().splitlines())) > MODULE_LINES
    }
    assert large == {}
