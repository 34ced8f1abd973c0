"""Sizes: what one reads at a time stays small."""

import ast
from collections.abc import Iterator
from statistics import median, quantiles

from tests.architecture.rules.rule import Finding, rule
from tests.architecture.sources import House, Source, functions

MODULE_LINES = 400
MEDIAN_LINES = 90
LARGE_TENTH_LINES = 250
FUNCTION_LINES = 60
CLASS_LINES = 200
TEMPLATE_LINES = 80
# Texts and tables, not code.
DATA = ("site/demo/texts/", "site/core/styleguide_samples.py")


def measured(house: House) -> list[Source]:
    """Return the modules of code, without texts, tables and migrations."""
    return [one for one in house.product if not one.path.startswith(DATA)]


@rule()
def modules_are_small(house: House) -> Iterator[Finding]:
    """A module has at most 400 lines, one of the tests too."""
    for source in [*measured(house), *house.files("tests", suffix=".py")]:
        if source.lines > MODULE_LINES:
            yield Finding(source.path, f"has {source.lines} lines")


@rule()
def most_modules_are_smaller(house: House) -> Iterator[Finding]:
    """Half of the modules have at most 90 lines, nine tenths at most 250."""
    # An empty `__init__` makes no module smaller.
    lines = sorted(one.lines for one in measured(house) if one.lines > 1)
    if (middle := median(lines)) > MEDIAN_LINES:
        yield Finding("site", f"half of the modules have more than {middle} lines")
    if (large := quantiles(lines, n=10)[-1]) > LARGE_TENTH_LINES:
        yield Finding("site", f"a tenth of the modules has more than {large} lines")


@rule()
def functions_are_small(house: House) -> Iterator[Finding]:
    """A function has at most 60 lines."""
    for source in measured(house):
        for node in functions(source):
            if (lines := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES:
                yield Finding(f"{source.path}:{node.name}", f"has {lines} lines")


@rule(excepted={})
def classes_are_small(house: House) -> Iterator[Finding]:
    """A class has at most 200 lines."""
    for source in [*measured(house), *house.files("tests", suffix=".py")]:
        for node in source.of(ast.ClassDef):
            if (lines := (node.end_lineno or 0) - node.lineno + 1) > CLASS_LINES:
                yield Finding(f"{source.path}:{node.name}", f"has {lines} lines")


@rule()
def templates_are_small(house: House) -> Iterator[Finding]:
    """A template has at most 80 lines."""
    for template in house.files("site", "matching", "donations", "cms", "search"):
        if "/templates/" in template.path and template.lines > TEMPLATE_LINES:
            yield Finding(template.path, f"has {template.lines} lines")
