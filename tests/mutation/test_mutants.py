"""Which changes are made, and that a mutant is the source with that one change."""

from collections import Counter
from pathlib import Path

import pytest

from tests.mutation.check import reasons
from tests.mutation.mutants import Mutant, mutants_of, mutated_code, sample
from tests.mutation.sql_changes import sql_changes
from tests.mutation.targets import MUST_DIE, ROOT, TARGETS

IN_FORCE = """
SELECT 1 FROM consent WHERE scope = 'publish' AND withdrawn_at IS NULL
AND (expires_on IS NULL OR expires_on >= %s) ORDER BY id
"""


def written(folder: Path, source: str) -> tuple[Mutant, ...]:
    path = folder / "sample.py"
    path.write_text(source)
    return mutants_of(path, folder)


@pytest.mark.parametrize(
    ("source", "labels"),
    [
        ("x = a < b", {"a < b → a <= b", "a < b → a >= b"}),
        ("x = a == b", {"a == b → a != b"}),
        ("x = a and b", {"a and b → a or b", "a and b without a", "a and b without b"}),
        ("x = not a", {"not a → a"}),
        ("x = -a", {"-a → a"}),
        ("x = a - b", {"a - b → a + b"}),
        ("x = a // b", {"a // b → a * b", "a // b rounded up"}),
        ("x = min(a, b)", {"min(a, b) → max(a, b)"}),
        ("x = sorted(a)", {"sorted(a) → a"}),
        ("x = 7", {"7 → 8"}),
        ("x = True", {"True → False"}),
        ("def f():\n    return a", {"return a → return None"}),
        ("def f():\n    if a:\n        pass", {"if a → if not"}),
        ("def f():\n    g()", {"g() removed"}),
        ("def f():\n    raise E(1)", {"raise E(1) removed"}),
        ("def f():\n    a.b = c", {"a.b = c removed"}),
        ("def f():\n    a += b", {"a += b removed"}),
        ("x = [a for a in b if c]", {"comprehension without if c"}),
        ("x = Q(a__lte=b)", {"Q(…) without a__lte", "Q(a__lte → a__lt)"}),
        ("x = (S.OPEN, S.SHUT)", {"S.OPEN → S.SHUT", "S.SHUT → S.OPEN"}),
        # What is said to people, and what only a type checker reads.
        ('"""Says 1."""', set()),
        ("def f(a: int | None) -> list[int]: ...", set()),
        ("def f():\n    logger.info(1)", set()),
        ("x = _('Less than 5 are left.')", set()),
        ("x = 'a text'", set()),
    ],
)
def test_one_place_may_be_wrong_in_these_ways(tmp_path, source, labels):
    assert {mutant.label for mutant in written(tmp_path, source)} == labels


def test_a_statement_in_sql_may_be_wrong_in_these_ways():
    found = dict(sql_changes(IN_FORCE))

    cut = found["AND (expires_on IS NULL OR expires_on >= %s) always true"]
    assert " ((expires_on IS NULL OR expires_on >= %s) OR 1 = 1) ORDER BY id" in cut
    assert cut.count("%s") == IN_FORCE.count("%s")
    changes = Counter(label.rpartition(": ")[2] for label in found if ": " in label)
    assert changes == {
        "= → <>": 1,
        ">= → >": 1,
        "IS NULL → IS NOT NULL": 2,
        "AND → OR": 2,
        "OR → AND": 1,
        "'publish' → 'changed'": 1,
    }
    assert sum(label.endswith("always true") for label in found) == 4


def test_what_becomes_of_a_column_is_no_condition():
    found = [label for label, _sql in sql_changes("UPDATE fund SET left = left - %s WHERE id = %s")]

    assert found == [
        "%s WHERE id = %s: = → <>",
        "WHERE id = %s always true",
        "left = left - %s WHERE id: - → +",
    ]


def test_the_sql_of_a_formatted_text_is_changed_and_its_parts_stay(tmp_path):
    mutants = written(tmp_path, 'name = "t"\nx = f"SELECT 1 FROM {name} WHERE a = %s"')
    seen = set()
    for mutant in mutants:
        values: dict = {}
        exec(mutated_code(tmp_path / "sample.py", mutant.number), values)
        seen.add(values["x"])

    assert seen == {"SELECT 1 FROM t WHERE a <> %s", "SELECT 1 FROM t WHERE (a = %s OR 1 = 1) "}


def test_a_mutant_differs_in_its_one_place_only(tmp_path):
    source = "def half(n, up=False):\n    return n // 2\n"
    (mutant,) = [each for each in written(tmp_path, source) if each.operator == "rounding"]
    values: dict = {}

    exec(mutated_code(tmp_path / "sample.py", mutant.number), values)

    assert [values["half"](n) for n in (3, 4)] == [2, 2]
    assert (mutant.where, mutant.line, mutant.at_import) == ("half", 2, False)


def test_defaults_and_constants_are_mutants_of_the_import(tmp_path):
    mutants = written(tmp_path, "LIMIT = 5\ndef f(n=6):\n    return n + 7\n")

    assert {mutant.label for mutant in mutants if mutant.at_import} == {"5 → 6", "6 → 7"}


def test_a_sample_is_the_same_each_time_and_an_edit_changes_little_of_it(tmp_path):
    lines = [f"def f{n}(a, b):\n    return a < b + {n}\n" for n in range(30)]
    before = sample(written(tmp_path, "".join(lines)), count=40, seed="s")
    mutants_of.cache_clear()
    after = sample(written(tmp_path, "\n\n# moved down\n" + "".join(lines)), count=40, seed="s")

    assert [each.key for each in before] == [each.key for each in after]
    assert before != sample(written(tmp_path, "".join(lines)), count=40, seed="t")


def test_the_targets_and_their_tests_exist_and_have_mutants():
    for target in TARGETS:
        assert mutants_of(ROOT / target.path, ROOT, target.within), target.path
        for test in target.tests:
            assert (ROOT / test.partition("::")[0]).exists(), test


def test_every_listed_survivor_is_still_a_mutant():
    known = {
        (mutant.path, mutant.key)
        for target in TARGETS
        for mutant in mutants_of(ROOT / target.path, ROOT, target.within)
    }

    assert (set(reasons()) | MUST_DIE) - known == set()
