"""What every test of match funds needs."""

import pytest

from matching.selectors.invariants import fund_invariant_violations


@pytest.fixture
def fund_money_adds_up(db):
    """Check after the test that no money came from nowhere or went there."""
    yield
    assert fund_invariant_violations() == []
