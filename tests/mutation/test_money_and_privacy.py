"""The mutation check of the money and privacy modules: minutes of two processor cores."""

import os

import pytest

from tests.mutation.check import Check, percent_killed, reasons, report
from tests.mutation.mutants import sample
from tests.mutation.targets import MUST_DIE, TARGETS

COUNT = 300
SEED = "1"
LEAST_PERCENT = 90


@pytest.mark.long
@pytest.mark.timeout(4 * 60 * 60)
def test_nine_of_ten_wrong_lines_are_noticed(capsys):
    check = Check(TARGETS)
    pool = check.pool(postgres=os.environ.get("DATABASE_URL", "").startswith("postgres"))
    named = [mutant for mutant in pool if (mutant.path, mutant.key) in MUST_DIE]
    assert len(named) == len(MUST_DIE), "a mutant that must die is none any more"
    chosen = sample(pool, count=COUNT, seed=SEED)

    outcomes = check.run([*chosen, *(mutant for mutant in named if mutant not in chosen)])

    with capsys.disabled():
        print("\n" + report(outcomes, reasons()))
    survived = {outcome.mutant for outcome in outcomes if not outcome.killed}
    assert survived.isdisjoint(named)
    assert percent_killed(outcomes[:COUNT]) >= LEAST_PERCENT
