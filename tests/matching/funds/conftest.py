"""What every test of match funds needs."""

import pytest

from core.invariants import violations


@pytest.fixture
def fund_money_adds_up(db):
    """Check after the test that no money came from nowhere or went there."""
    yield
    assert violations("matching") == []
