"""One tokenizer: what is stored and what is asked for meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.tokens import index_tokens, query_tokens


def test_a_chinese_run_is_stored_as_characters_and_pairs():
    assert index_tokens("独居老人") == "独 居 老 人 独居 居老 老人"


def test_latin_words_stay_words_in_lower_case():
    assert index_tokens("Desk & Lamp 2026") == "desk lamp 2026"


def test_mixed_text_is_cut_where_the_script_changes():
    assert index_tokens("买iPad给小学") == "买 ipad 给 小 学 给小 小学"


def test_full_width_forms_are_folded():
    assert index_tokens("ＡＢＣ１２３") == "abc123"
    assert query_tokens("ＮＤ８") == query_tokens("nd8") == ["nd8"]


def test_a_query_asks_for_pairs_and_a_lone_character_for_itself():
    assert query_tokens("独居老人") == ["独居", "居老", "老人"]
    assert query_tokens("老") == ["老"]
    assert query_tokens("午餐 小学") == ["午餐", "小学"]


@pytest.mark.parametrize("query", ["", "  ", '"', "\"'`", "\x00", "* - + ( )", "，。！", "_"])
def test_a_query_without_letters_has_no_tokens(query):
    assert query_tokens(query) == []


def test_operators_of_query_languages_are_mere_separators():
    assert query_tokens('老人" OR "a*\x00b') == ["老人", "or", "a", "b"]


def test_accents_and_rare_characters_survive():
    assert query_tokens("Café") == ["café"]
    assert index_tokens("𠮷野") == "𠮷 野 𠮷野"


@given(st.text(alphabet="独居老人过冬取暖小学生", min_size=1, max_size=12), st.data())
def test_every_substring_of_a_chinese_text_is_found(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    assert set(query_tokens(text[start:end])) <= set(index_tokens(text).split())


@given(st.text())
def test_tokens_hold_only_letters_and_digits(text):
    for token in query_tokens(text):
        assert not set(token) & set("\"'`*()\x00 \\:^-")
