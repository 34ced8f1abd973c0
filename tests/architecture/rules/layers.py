"""Every module stands in its contract, and the checks themselves have no idle exceptions."""

import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

from tests.architecture.rules.rule import Finding, rule
from tests.architecture.sources import House

PROJECT = "pyproject.toml"
# Django's own: what an app is called and does when it is ready.
OUTSIDE = {"apps"}


def project(house: House) -> dict[str, Any]:
    """Return the tools' settings."""
    return tomllib.loads(house.sources[PROJECT].text)["tool"]


def contracts(house: House) -> list[dict[str, Any]]:
    """Return import-linter's contracts."""
    return project(house)["importlinter"]["contracts"]


def standing(contract: dict[str, Any]) -> set[str]:
    """Return the modules that stand in a contract of layers."""
    return {
        module.strip()
        for layer in contract["layers"]
        for part in layer.split("|")
        for module in part.split(":")
    }


@rule(
    excepted={
        "cms/models/*": "Wagtail's models name their own pages and actions: see the contract",
        "matching/registry/data/convert.py": "a script beside its data, run by hand",
    }
)
def every_module_stands_in_a_layer(house: House) -> Iterator[Finding]:
    """No module escapes the contract of its app: a new room stands in one, or lint fails."""
    whole = [one for one in contracts(house) if one["type"] == "layers" and "containers" not in one]
    told = {one["id"]: standing(one) for one in whole}
    for source in house.product:
        app, _dot, rest = source.module.partition(".")
        if app == "manage" or rest in OUTSIDE:
            continue
        layers = told.get(app) if rest else None
        layers = layers or told["houses"]
        above = [layer for layer in layers if layer.startswith(f"{source.module}.")]
        if any(f"{source.module}.".startswith(f"{layer}.") for layer in layers):
            continue
        if not above:
            yield Finding(source.path, f"{source.module} stands in no layer")
        elif source.imports:
            yield Finding(source.path, f"{source.module} imports, and stands above its layers")


@rule()
def contracts_speak_of_what_is_there(house: House) -> Iterator[Finding]:
    """A contract and a tool's exception name modules that exist, and an exception its reason."""
    tools = project(house)
    named: list[str] = []
    for contract in contracts(house):
        if contract["type"] == "layers" and "containers" not in contract:
            named += standing(contract)
        named += contract.get("source_modules", [])
    for override in tools["mypy"]["overrides"]:
        modules = override["module"]
        named += [modules] if isinstance(modules, str) else modules
    for module in named:
        pattern = module.removesuffix(".*")
        if not any(fnmatchcase(known, pattern) for known in house.modules):
            yield Finding(PROJECT, f"names {module}, which is not there")


@rule()
def exceptions_are_watched(house: House) -> Iterator[Finding]:
    """The tools tell of exceptions that excuse nothing, and every exception has its reason."""
    tools = project(house)
    if tools["importlinter"].get("unmatched_ignore_imports_alerting") != "error":
        yield Finding(PROJECT, "import-linter lets idle exceptions pass")
    for contract in contracts(house):
        if contract.get("unmatched_ignore_imports_alerting", "error") != "error":
            yield Finding(PROJECT, f"the contract {contract['id']} lets idle exceptions pass")
    if not tools["mypy"].get("warn_unused_ignores"):
        yield Finding(PROJECT, "mypy lets idle exceptions pass")
    lint = tools["ruff"]["lint"]
    if "RUF" not in lint["select"] or any(code in "RUF100" for code in lint["ignore"]):
        yield Finding(PROJECT, "ruff lets idle exceptions pass")
    lines = house.sources[PROJECT].text.splitlines()
    ignored = {one for contract in contracts(house) for one in contract.get("ignore_imports", [])}
    for number, line in enumerate(lines):
        if line.strip().strip('",') in ignored and not lines[number - 1].strip().startswith("#"):
            yield Finding(PROJECT, f"{line.strip()} has no reason above it")
