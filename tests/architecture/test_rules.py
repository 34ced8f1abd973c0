"""The house keeps its rules; `test_rules_bite.py` shows that each of them would tell."""

import pytest

from tests.architecture.rules import RULES
from tests.architecture.sources import house


@pytest.mark.parametrize("name", RULES)
def test_the_house_keeps_its_rule(name):
    assert "\n".join(RULES[name].findings(house())) == ""
