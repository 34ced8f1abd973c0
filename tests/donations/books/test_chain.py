"""The chain as anyone can check it: pure functions over an exported file."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donations.books import chain

LEG = ["assets:stripe", 500, "CNY"]


def line(sequence, **changes):
    return {
        "sequence": sequence,
        "ref": chain.ref_of(f"key-{sequence}"),
        "kind": "gift",
        "memo": "捐赠到账",
        "booked_on": "2026-10-17",
        "campaign": "poverty-day",
        "need": "",
        "agreement": "",
        "township": "",
        "reverses": "",
        "postings": [LEG, ["funds:campaign:poverty-day", -500, "CNY"]],
    } | changes


def chained(records):
    previous, lines = chain.GENESIS, []
    for record in records:
        digest = chain.link(previous, record)
        lines.append({**record, "previous_hash": previous, "hash": digest})
        previous = digest
    return lines


@pytest.fixture
def lines():
    return chained([line(1), line(2), line(3)])


def test_an_untouched_chain_holds(lines):
    verdict = chain.verify(lines)

    assert (verdict.intact, verdict.lines, verdict.last_hash) == (True, 3, lines[-1]["hash"])


def test_an_empty_chain_holds():
    assert chain.verify([]) == chain.Verdict(0, 0, chain.GENESIS)


def test_a_check_goes_on_from_where_the_last_one_ended(lines):
    verdict = chain.verify(lines[2:], after=2, previous_hash=lines[1]["hash"])

    assert (verdict.intact, verdict.lines) == (True, 1)


@pytest.mark.parametrize("field", chain.SEALED_FIELDS[1:])
def test_a_change_of_any_field_is_found_on_its_line(lines, field):
    lines[1][field] = [LEG, ["funds:x", -500, "CNY"]] if field == "postings" else "changed"

    verdict = chain.verify(lines)

    assert verdict.lines == 1
    assert verdict.fault == "sequence 2: its content does not match its hash"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda lines: lines.pop(1), "line 2: found sequence 3; a line is missing or moved"),
        (lambda lines: lines.insert(0, lines.pop(1)), "line 1: found sequence 2"),
        (lambda lines: lines[1].update(previous_hash="f" * 64), "sequence 2: does not follow"),
        (lambda lines: lines[1].pop("memo"), "line 2: not a sealed entry"),
        (lambda lines: lines[1].update(extra=1), "line 2: not a sealed entry"),
        (lambda lines: lines.__setitem__(1, []), "line 2: not a sealed entry"),
        (lambda lines: lines[1].update(hash=""), "sequence 2: its content does not match"),
    ],
)
def test_the_first_bad_line_is_named(lines, change, fault):
    change(lines)

    assert chain.verify(lines).fault.startswith(fault)


@pytest.mark.parametrize(
    ("postings", "fault"),
    [
        ([LEG, ["funds:x", -499, "CNY"]], "the entry does not balance"),
        ([LEG, ["funds:x", -500, "USD"]], "the entry does not balance"),
        ([], "the entry does not balance"),
        ([["a", 5.0, "CNY"], ["b", -5.0, "CNY"]], "an amount is not a whole number"),
        ([["a", 5], ["b", -5]], "unreadable"),
    ],
)
def test_a_chain_resealed_over_a_false_entry_is_refused_too(postings, fault):
    verdict = chain.verify(chained([line(1), line(2, postings=postings)]))

    assert (verdict.lines, fault in verdict.fault) == (1, True)


def test_the_canonical_form_never_changes():
    """A published hash must stay checkable: this digest may not change."""
    assert chain.link(chain.GENESIS, line(1)) == (
        "85e6c5b20e8f4282cbe7cef24192dc18439a49e2217bad4f3e8c54125dbb9106"
    )


@given(
    memo=st.text(max_size=40),
    amount=st.integers(min_value=1, max_value=10**15),
)
def test_what_is_written_as_json_reads_back_to_the_same_hash(memo, amount):
    postings = [["assets:stripe", amount, "CNY"], ["funds:need:N1", -amount, "CNY"]]
    (sealed,) = chained([line(1, memo=memo, postings=postings)])

    assert chain.verify([json.loads(json.dumps(sealed))]).intact


def run(path):
    return subprocess.run(
        [sys.executable, "-I", chain.__file__, str(path)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_file_alone_checks_an_export(lines, tmp_path):
    path = tmp_path / "export.jsonl"
    path.write_text("".join(json.dumps(entry) + "\n" for entry in lines))

    good = run(path)
    path.write_text(path.read_text().replace("-500", "-501", 1))
    bad = run(path)

    assert (good.returncode, good.stdout) == (0, f"OK: 3 entries, last hash {lines[-1]['hash']}\n")
    assert (bad.returncode, bad.stdout) == (
        1,
        "BROKEN: sequence 1: its content does not match its hash\n",
    )


def test_a_file_that_is_no_export_is_a_fault(tmp_path):
    path = tmp_path / "export.jsonl"
    path.write_text("not json\n")

    answer = run(path)

    assert (answer.returncode, answer.stdout) == (1, "BROKEN: line 1: not a sealed entry\n")
    assert run(tmp_path / "absent").returncode == 2


def test_the_verifier_needs_nothing_but_python():
    source = Path(chain.__file__).read_text()

    assert len(source.splitlines()) < 200
    assert "django" not in source
