"""Compiled catalogues: English, and the sources' own language beside it."""

import gettext
import os

import pytest

from core.translations import compile_catalogues

PO = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "捐赠"
msgstr "Give"

msgctxt "event"
msgid "提交"
msgstr "Submitted"

msgid "%(total)s 份"
msgid_plural "%(total)s 份"
msgstr[0] "%(total)s gift"
msgstr[1] "%(total)s gifts"
"""


@pytest.fixture
def folder(tmp_path):
    """Return a folder of catalogues with one English source."""
    (tmp_path / "en/texts").mkdir(parents=True)
    (tmp_path / "en/texts/donations.giving.po").write_text(PO, encoding="utf-8")
    return tmp_path


def read(folder, locale: str) -> gettext.NullTranslations:
    return gettext.translation("django", folder, languages=[locale])


def test_english_is_compiled_and_chinese_says_what_the_source_says(folder):
    compiled = compile_catalogues(folder)

    assert [path.relative_to(folder).parts[0] for path in compiled] == ["en", "zh_Hans"]
    english, chinese = read(folder, "en"), read(folder, "zh_Hans")
    assert english.gettext("捐赠") == "Give"
    assert [english.ngettext("%(total)s 份", "%(total)s 份", n) for n in (1, 2)] == [
        "%(total)s gift",
        "%(total)s gifts",
    ]
    # A fallback that answers otherwise shows that the catalogue itself has the text.
    chinese.add_fallback(english)
    assert chinese.gettext("捐赠") == "捐赠"
    assert chinese.pgettext("event", "提交") == "提交"
    assert {chinese.ngettext("%(total)s 份", "%(total)s 份", n) for n in (1, 2)} == {"%(total)s 份"}


def test_what_is_current_is_not_compiled_again(folder):
    assert len(compile_catalogues(folder)) == 2
    assert compile_catalogues(folder) == []

    source = folder / "en/texts/donations.giving.po"
    later = source.stat().st_mtime + 5
    os.utime(source, (later, later))
    os.utime(folder / "zh_Hans/LC_MESSAGES/django.mo", (later, later))
    assert [path.relative_to(folder).parts[0] for path in compile_catalogues(folder)] == ["en"]


def test_the_rooms_become_one_catalogue_and_a_room_that_is_gone_leaves_it(folder):
    other = folder / "en/texts/look.po"
    other.write_text(PO.replace("捐赠", "关于").replace("Give", "About"), encoding="utf-8")
    compile_catalogues(folder)
    assert [read(folder, "en").gettext(text) for text in ("捐赠", "关于")] == ["Give", "About"]

    other.unlink()
    later = (folder / "en/LC_MESSAGES/django.mo").stat().st_mtime + 5
    os.utime(folder / "en/texts", (later, later))
    gettext._translations.clear()

    assert len(compile_catalogues(folder)) == 2
    assert read(folder, "en").gettext("关于") == "关于"
