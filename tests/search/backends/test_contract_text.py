"""The contract of every backend, part one: which texts find which needs."""

import pytest

OPEN = ["lamp", "roof", "hens", "care", "stove", "desk"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("老", {"stove"}),
        ("灯", {"desk", "lamp"}),
        ("老人", {"stove"}),
        ("课桌", {"desk"}),
        ("人过冬", {"stove"}),
        ("独居老人过冬取暖", {"stove"}),
        ("老人 取暖", {"stove"}),
        ("取暖 老人", {"stove"}),
        ("老人 轮椅", set()),
        ("康复训练", {"care"}),
        ("居老", {"stove"}),
        ("暖独", set()),
        ("轮椅ND8", {"care"}),
        ("ＮＤ８型", {"care"}),
        ("nd8", {"care"}),
        ("ND", set()),
        ("wheelchair", {"care"}),
        ("WHEELCHAIR Surgery", {"care"}),
        ("wi-fi", {"hens"}),
        ("café", {"hens"}),
        ("cafe", set()),
        ("镇雄", {"desk", "stove", "care", "hens"}),
        ("Zhenxiong", {"desk", "stove", "care", "hens"}),
        ("黑树镇", {"care", "hens"}),
        ("昭通市", {"desk", "stove", "care", "hens", "roof", "lamp"}),
        ("老包寨村", set()),
        ("教育", {"desk", "lamp"}),
        ("因灾", {"roof"}),
        ("台灯 昭阳区", {"lamp"}),
        ("沙漠", set()),
        ('"老人"', {"stove"}),
        ("老人'; DROP TABLE search_needtext; --", set()),
        ("老人\x00取暖", {"stove"}),
        ("老人*", {"stove"}),
        ("title:老人", set()),
        ("-课桌", {"desk"}),
        ("老人 & !取暖 | (", {"stove"}),
        ("\\老人\\", {"stove"}),
        ("<b>老人</b>", set()),
        ("过" * 10_000, set()),
        ("x" * 10_000, set()),
    ],
)
def test_a_text_finds(found, text, expected):
    hits = found(text=text)

    assert set(hits) == expected
    assert len(hits) == len(expected)


@pytest.mark.parametrize(
    "text", ["", "   ", "\x00", '"', "'\"`", "*?~^", "，。！", "(((", "\ud800"]
)
def test_a_text_without_a_letter_or_digit_restricts_nothing(found, text):
    assert found(text=text) == OPEN


def test_a_text_longer_than_the_limit_is_cut_there(found):
    assert found(text="老人" + " " * 98 + "轮椅") == ["stove"]


def test_the_code_of_a_need_finds_it(found, world):
    assert found(text=world["care"].code) == ["care"]
    assert found(text=world["care"].code.lower()) == ["care"]


def test_a_title_ranks_above_a_summary(found):
    assert found(text="台灯") == ["lamp", "desk"]
