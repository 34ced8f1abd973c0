"""The linter's exceptions still excuse something, and each contract of layers bites."""

import json
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from tests.architecture.rules.layers import contracts
from tests.architecture.sources import FOLDERS, ROOT, house
from tests.architecture.test_imports import lint

RUFF = Path(sys.executable).with_name("ruff")
LINT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
EVERYWHERE = {"**": LINT["ignore"]}
# Each contract by its id, and an import that breaks it.
BREACHES = {
    "core": ("core.money", "core.dispatch"),
    "houses": ("core.clock", "matching.states"),
    "floors": ("donations.giving.selectors.gifts", "donations.giving.services.gifts"),
    "donations": ("donations.books.services.seals", "donations.payouts.services.deliveries"),
    "matching": ("matching.needs.services.needs", "matching.registry.services.consents"),
    "cms": ("cms.cards.supply", "cms.blocks.body"),
    "search": ("search.contract", "search.browsing.listing"),
    "readers": ("search.browsing.listing", "donations.giving.services.gifts"),
    "stripe": ("donations.provider.services.inbox", "stripe"),
    "elasticsearch": ("matching.funds.selectors.funds", "elasticsearch"),
    "engine": ("matching.funds.engine.rules", "django"),
}


@pytest.fixture(scope="module")
def breaches_of_the_linter() -> set[tuple[str, str]]:
    """Return path and code of whatever ruff would say without any exception of ours."""
    codes = {
        code for listed in [LINT["ignore"], *LINT["per-file-ignores"].values()] for code in listed
    }
    command = [
        str(RUFF), "check", "--no-cache", "--exit-zero", "--output-format", "json",
        "--config", "lint.ignore=[]", "--config", "lint.per-file-ignores={}",
        "--select", ",".join(sorted(codes)), ".",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return {
        (str(Path(one["filename"]).relative_to(ROOT)), one["code"])
        for one in json.loads(done.stdout)
    }


def idle(ignores: dict[str, list[str]], breaches: set[tuple[str, str]]) -> list[str]:
    """Return the exceptions that excuse nothing, as ``pattern: code``."""
    return [
        f"{pattern}: {code}"
        for pattern, codes in ignores.items()
        for code in codes
        if not any(fnmatchcase(f"/{path}", f"*{pattern}") and told.startswith(code)
                   for path, told in breaches)
    ]  # fmt: skip


def test_every_exception_of_the_linter_excuses_something(breaches_of_the_linter):
    told = idle(LINT["per-file-ignores"] | EVERYWHERE, breaches_of_the_linter)

    assert "\n".join(told) == ""


def test_an_idle_exception_of_the_linter_is_told(breaches_of_the_linter):
    planted = {"tests/**": ["S", "DJ012"], "site/core/**": ["N"]}

    told = idle(planted, breaches_of_the_linter)

    assert told == ["tests/**: DJ012", "site/core/**: N"]


def test_every_contract_has_a_breach():
    assert set(BREACHES) == {contract["id"] for contract in contracts(house())}


@pytest.fixture(scope="module")
def told_by_contract(tmp_path_factory) -> dict[str, str]:
    """Return what import-linter says of each broken contract, with every breach planted."""
    folder = tmp_path_factory.mktemp("house")
    for source in house().files(*FOLDERS, suffix=".py"):
        copy = folder / source.path
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / source.path, copy)
    for importer, imported in BREACHES.values():
        with (folder / house().modules[importer].path).open("a", encoding="utf-8") as file:
            file.write(f"\n\ndef planted():\n    import {imported}\n")
    report = lint(folder, "--no-logo").stdout.partition("Broken contracts")[2]
    sections = report.split("\n---")
    names = [section.rstrip().rpartition("\n")[2].strip() for section in sections]
    return dict(zip(names, sections[1:], strict=False))


@pytest.mark.parametrize("contract", BREACHES)
def test_the_contract_tells_of_the_breach(contract, told_by_contract):
    importer, imported = BREACHES[contract]
    (name,) = [one["name"] for one in contracts(house()) if one["id"] == contract]

    assert f"{importer} -> {imported} (l." in told_by_contract[name]
