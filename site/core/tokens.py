"""One tokenizer for every index: Chinese by characters and pairs, Latin by words."""

import re
import unicodedata

# CJK Unified Ideographs with extension A and the compatibility block; the supplementary
# planes hold rare characters of names and places (𠮷, 㙟).
_CJK = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")


def _runs(text: str) -> list[tuple[str, bool]]:
    """Return the runs of letters and digits, each with whether it is Chinese.

    Full-width forms fold to ASCII (NFKC), case folds, and everything else — quotation
    marks, operators, NUL — only separates.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    found = (match.group() for match in _RUN.finditer(folded))
    return [(run, _is_cjk(run[0])) for run in found]


def _is_cjk(character: str) -> bool:
    point = ord(character)
    return 0x3400 <= point <= 0x9FFF or 0xF900 <= point <= 0xFAFF or point >= 0x20000


def _pairs(run: str) -> list[str]:
    return [run[start : start + 2] for start in range(len(run) - 1)]


def index_tokens(text: str) -> str:
    """Return the tokens to store, separated by spaces.

    A Chinese run gives each character and each adjacent pair, so that any substring of it
    is found; a Latin or digit run stays a word.
    """
    tokens: list[str] = []
    for run, is_cjk in _runs(text):
        tokens += [*run, *_pairs(run)] if is_cjk else [run]
    return " ".join(tokens)


def query_tokens(text: str) -> list[str]:
    """Return what a search must find, all of it: pairs, a lone character as itself, words.

    Empty for a query without a letter or digit. Tokens hold only letters and digits, so
    each may stand between double quotes in a query language.
    """
    tokens: list[str] = []
    for run, is_cjk in _runs(text):
        tokens += _pairs(run) if is_cjk and len(run) > 1 else [run]
    return tokens
