"""The README is true: settings, files and commands it names exist."""

import re

import pytest

from config.environment import Environment
from tests.architecture.sources import ROOT

README = (ROOT / "README.md").read_text()


def settings_rows() -> dict[str, str]:
    return dict(re.findall(r"^\| `([A-Z_]+)` \| (.+) \|$", README, flags=re.MULTILINE))


def test_every_setting_is_in_the_table_with_its_description():
    told = {name: f"{field.description}" for name, field in Environment.model_fields.items()}
    assert {name: row.split(" | ")[-1] for name, row in settings_rows().items()} == told


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\(([\w./-]+)\)", README))))
def test_linked_files_exist(path):
    assert (ROOT / path).exists()


def test_named_files_exist():
    named = set(re.findall(r"`((?:site|matching|donations|cms|search)/[\w./-]+)`", README))
    assert len(named) > 12
    assert {path for path in named if not (ROOT / path).exists()} == set()


def test_named_commands_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    assert set(re.findall(r"make (?:-s )?([a-z-]+)", README)) <= targets
