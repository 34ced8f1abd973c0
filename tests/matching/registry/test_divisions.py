"""The division table, and what codes say by themselves."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.registry.divisions import (
    Division,
    ancestor_prefixes,
    is_within,
    level_of,
    read_divisions,
    scope_prefix,
)

HEADER = "code,parent,level,name,name_en\n"
YUNNAN = "530000000000,,province,云南省,Yunnan Province\n"
ZHAOTONG = "530600000000,530000000000,prefecture,昭通市,Zhaotong City\n"


def segment(width: int) -> st.SearchStrategy[str]:
    return st.integers(0, 10**width - 1).map(lambda number: f"{number:0{width}}")


codes = st.builds(
    "".join,
    st.tuples(
        st.integers(1, 99).map("{:02}".format), segment(2), segment(2), segment(3), segment(3)
    ),
)


def table(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "divisions.csv"
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return path


def test_the_table_holds_all_provinces_and_one_county_in_full():
    levels = Counter(division.level for division in read_divisions())

    assert levels == {"province": 34, "prefecture": 1, "county": 1, "township": 30, "village": 262}


def test_the_table_names_places_in_both_languages():
    by_code = {division.code: division for division in read_divisions()}

    assert by_code["530627000000"] == Division(
        "530627000000", "530600000000", "county", "镇雄县", "Zhenxiong County"
    )
    assert by_code["530627106000"].name_en == "Yile Town"
    assert by_code["530627212000"].name_en == "Linkou Yi and Miao Township"
    assert by_code["530627208201"] == Division(
        "530627208201", "530627208000", "village", "杉树村", "Shanshu Village"
    )
    assert by_code["530627001003"].name == "白果社区"
    assert by_code["710000000000"].name == "台湾省"
    assert by_code["810000000000"].name == "香港特别行政区"
    assert by_code["820000000000"].name == "澳门特别行政区"


def test_every_english_name_is_plain_latin():
    assert all(division.name_en.isascii() for division in read_divisions())


def test_every_village_lies_in_the_county():
    villages = [division for division in read_divisions() if division.level == "village"]

    assert all(is_within(village.code, "530627000000") for village in villages)


@pytest.mark.parametrize(
    ("code", "level", "prefix"),
    [
        ("530000000000", "province", "53"),
        ("530600000000", "prefecture", "5306"),
        ("530627000000", "county", "530627"),
        ("530627100000", "township", "530627100"),
        ("530627102201", "village", "530627102201"),
        ("441900003000", "township", "441900003"),
    ],
)
def test_a_code_tells_its_level_and_scope(code: str, level: str, prefix: str):
    assert level_of(code) == level
    assert scope_prefix(code) == prefix


def test_prefixes_run_from_the_province_to_the_village():
    assert ancestor_prefixes("530627102201") == (
        "53",
        "5306",
        "530627",
        "530627102",
        "530627102201",
    )


def test_a_township_without_a_county_skips_that_prefix():
    assert ancestor_prefixes("441900003000") == ("44", "4419", "441900003")


@pytest.mark.parametrize(
    ("code", "scope", "expected"),
    [
        ("530627102201", "530627102201", True),
        ("530627102201", "530627102000", True),
        ("530627102201", "530627000000", True),
        ("530627102201", "530000000000", True),
        ("530627102201", "530627103000", False),
        ("530627102201", "530628000000", False),
        ("530627000000", "530627102000", False),
        ("441900003000", "441900000000", True),
    ],
)
def test_within_follows_the_tree(code: str, scope: str, expected: bool):
    assert is_within(code, scope) is expected


@pytest.mark.parametrize(
    "code",
    ["", "530627", "5306271022011", "53062710220x", "٥٣٠٦٢٧١٠٢٢٠١", "000000000000"],
)
def test_what_is_no_code_is_refused(code: str):
    with pytest.raises(ValueError, match=r"division code|no province"):
        scope_prefix(code)


@given(codes)
def test_a_code_starts_with_each_of_its_prefixes(code: str):
    prefixes = ancestor_prefixes(code)

    assert all(code.startswith(prefix) for prefix in prefixes)
    assert [len(prefix) for prefix in prefixes] == sorted({len(prefix) for prefix in prefixes})
    assert prefixes[-1] == scope_prefix(code)


@given(codes)
def test_the_scope_prefix_filled_with_zeros_is_the_code(code: str):
    assert scope_prefix(code).ljust(12, "0") == code


@given(codes)
def test_a_code_lies_within_itself_and_all_above_it(code: str):
    assert all(is_within(code, prefix.ljust(12, "0")) for prefix in ancestor_prefixes(code))


@given(codes, codes)
def test_two_codes_lie_within_each_other_only_when_equal(one: str, other: str):
    assert (is_within(one, other) and is_within(other, one)) == (one == other)


def test_a_child_before_its_parent_is_refused(tmp_path: Path):
    with pytest.raises(ValueError, match="530600000000 comes before its parent 530000000000"):
        read_divisions(table(tmp_path, ZHAOTONG, YUNNAN))


def test_a_code_given_twice_is_refused(tmp_path: Path):
    with pytest.raises(ValueError, match="530000000000 is there twice"):
        read_divisions(table(tmp_path, YUNNAN, YUNNAN))


def test_a_level_its_code_denies_is_refused(tmp_path: Path):
    with pytest.raises(ValueError, match="530600000000 is a prefecture, not a county"):
        read_divisions(table(tmp_path, YUNNAN, ZHAOTONG.replace("prefecture", "county")))


def test_a_parent_of_another_branch_is_refused(tmp_path: Path):
    stray = "520600000000,530000000000,prefecture,铜仁市,Tongren City\n"

    with pytest.raises(ValueError, match="520600000000 does not lie directly in 530000000000"):
        read_divisions(table(tmp_path, YUNNAN, stray))


def test_a_province_with_a_parent_is_refused(tmp_path: Path):
    guizhou = "520000000000,530000000000,province,贵州省,Guizhou Province\n"

    with pytest.raises(ValueError, match="520000000000 is a province and has parent"):
        read_divisions(table(tmp_path, YUNNAN, guizhou))


def test_a_row_without_a_name_is_refused(tmp_path: Path):
    with pytest.raises(ValueError, match="530000000000 lacks a name"):
        read_divisions(table(tmp_path, "530000000000,,province,云南省,\n"))
