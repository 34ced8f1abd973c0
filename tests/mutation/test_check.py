"""The check itself, on a planted module: a weak test leaves survivors, a good one none."""

import pytest

from tests.mutation.check import Check, CheckBrokenError, percent_killed, report
from tests.mutation.targets import Target

MODULE = """
import functools

STATEMENT = "SELECT %s AS kept WHERE 1 <= %s"


def kept(function):
    @functools.wraps(function)
    def call(*args):
        return function(*args)

    return call


@kept
def share(match, gone, gift):
    while gone > gift:
        gone -= 1
    return match * gone // gift
"""
GOOD = """
import sqlite3

from planted import STATEMENT, share


def test_share():
    assert [share(10, gone, 7) for gone in (1, 6, 7, 8, 9)] == [1, 8, 10, 10, 10]


def test_statement():
    database = sqlite3.connect(":memory:")
    asked = [database.execute(STATEMENT.replace("%s", "?"), (7, n)).fetchall() for n in (0, 1, 2)]
    assert asked == [[], [(7,)], [(7,)]]
"""
# One for one: nothing to round. The statement's boundary is not looked at.
WEAK = (
    GOOD.replace("share(10,", "share(7,")
    .replace("[1, 8, 10, 10, 10]", "[1, 6, 7, 7, 7]")
    .replace("(0, 1, 2)", "(0, 2, 2)")
)
WRONG = GOOD.replace("[1, 8, 10, 10, 10]", "[]")


# Each run starts pytest some times over.
pytestmark = pytest.mark.timeout(1_200)


def check(folder, tests: str) -> Check:
    (folder / "planted.py").write_text(MODULE)
    (folder / "test_planted.py").write_text(tests)
    (folder / "pytest.ini").write_text("[pytest]\npythonpath = .\n")
    target = Target("planted.py", ("test_planted.py",), within=("STATEMENT", "share"))
    return Check(
        [target], root=folder, workers=2, pytest_args=("-p", "no:django"), least_cpu_seconds=1
    )


def survivors(outcomes) -> set[str]:
    return {outcome.mutant.key for outcome in outcomes if not outcome.killed}


def test_a_good_test_notices_every_mutant_loops_without_end_included(tmp_path):
    planted = check(tmp_path, GOOD)

    outcomes = planted.run(planted.pool(postgres=False))

    assert survivors(outcomes) == set()
    assert percent_killed(outcomes) == 100
    by = {outcome.mutant.key: outcome.by for outcome in outcomes}
    assert by["share: gone -= 1 removed"] == "test_planted.py::test_share"


def test_a_weak_test_leaves_survivors_and_the_report_names_them(tmp_path):
    planted = check(tmp_path, WEAK)
    rounded = "share: match * gone // gift rounded up"
    boundary = "STATEMENT: kept WHERE 1 <= %s: <= → <"

    pool = planted.pool(postgres=False)
    outcomes = planted.run([each for each in pool if each.key in {rounded, boundary}])

    assert survivors(outcomes) == {rounded, boundary}
    assert percent_killed(outcomes) == 0

    told = report(outcomes, {("planted.py", rounded): "a planted reason"})
    assert f"{rounded}\n          a planted reason" in told
    assert "NOT LISTED" in told


def test_a_test_that_fails_anyhow_proves_nothing(tmp_path):
    planted = check(tmp_path, WRONG)

    with pytest.raises(CheckBrokenError, match="does not pass as it is"):
        planted.run(planted.pool(postgres=False))
