"""CSV that no spreadsheet runs."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.tables import csv_lines, safe_cell


@pytest.mark.parametrize(
    "attack",
    [
        "=1+1",
        "+1+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\x00=1",
        "'=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠A",
        "--1",
        "-1-1",
        "-1.2.3",
    ],
)
def test_a_formula_becomes_text(attack):
    assert safe_cell(attack) == "'" + attack


@pytest.mark.parametrize(
    ("value", "cell"),
    [(-500, "-500"), ("-5.00", "-5.00"), (None, ""), (0, "0"), ("捐赠到账", "捐赠到账"), ("", "")],
)
def test_numbers_and_words_stay_as_they_are(value, cell):
    assert safe_cell(value) == cell


@given(st.text())
def test_no_cell_starts_a_formula(text):
    cell = safe_cell(text)

    assert not cell.startswith(("=", "@", "+", "＝", "＋", "－", "＠", "\t", "\r"))
    assert not cell.startswith("-") or float(cell) <= 0


@given(st.lists(st.text(alphabet='a,"\n;é爱=', max_size=5), min_size=1, max_size=4))
def test_what_is_written_reads_back(cells):
    text = "".join(csv_lines(["head"] * len(cells), [cells]))

    assert text.startswith("\ufeff")
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert read[1] == [safe_cell(cell) for cell in cells]
