"""Translations: `messages.py update` collects texts, `messages.py check` compares.

The texts in the sources are simplified Chinese; English is the one catalogue. Areas may hand in
their part as `site/locale/en/fragments/<area>.po`; `update` merges those into the catalogue.
Works on a copy of the sources, needs gettext and no settings.
"""

import contextlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import makemessages

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("site", "matching", "donations", "cms", "search")
CATALOGUE = Path("site/locale/en/LC_MESSAGES/django.po")
FRAGMENTS = Path("site/locale/en/fragments")
NOT_SOURCES = shutil.ignore_patterns("__pycache__", "migrations", "*.mo", "tests")
HEADER = r"""msgid ""
msgstr ""
"Language: en\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"""


def main(action: str) -> int:
    missing = [tool for tool in ("xgettext", "msgcat", "msgfmt") if shutil.which(tool) is None]
    if missing:
        sys.stderr.write("messages: gettext is missing. On Debian: apt-get install gettext\n")
        return 1
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        fresh = collect(copy)
        return update(fresh) if action == "update" else check(fresh)


def collect(copy: Path) -> Path:
    """Copy the sources, merge the fragments there and collect; return the fresh catalogue."""
    for source in SOURCES:
        if (ROOT / source).exists():
            shutil.copytree(ROOT / source, copy / source, ignore=NOT_SOURCES)
    catalogue = copy / CATALOGUE
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    if not catalogue.exists():
        catalogue.write_text(HEADER, encoding="utf-8")
    fragments = sorted((copy / FRAGMENTS).glob("*.po"))
    if fragments:
        paths = map(str, (catalogue, *fragments))
        merged = gettext("msgcat", "--use-first", "--no-wrap", *paths)
        catalogue.write_text(merged, encoding="utf-8")
    settings.configure(USE_I18N=True, LOCALE_PATHS=[str(copy / "site" / "locale")])
    with contextlib.chdir(copy):
        call_command(
            makemessages.Command(),
            locale=["en"],
            extensions=["html", "txt", "py"],
            add_location="file",
            no_wrap=True,
            no_obsolete=True,
            verbosity=0,
        )
    text = gettext("msgcat", "--no-wrap", "--sort-output", "--add-location=file", str(catalogue))
    catalogue.write_text(without_date(text), encoding="utf-8")
    return catalogue


def update(fresh: Path) -> int:
    """Write the catalogue, which is compiled at the next start; say what lacks a translation."""
    catalogue = ROOT / CATALOGUE
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(fresh, catalogue)
    open_texts = untranslated(catalogue)
    print(f"{CATALOGUE}: {count(catalogue)} texts, {len(open_texts)} without translation")
    for text in open_texts:
        print(f"  {text}")
    return 0


def check(fresh: Path) -> int:
    """Fail on a text without translation, on a stale catalogue and on a wrong placeholder."""
    problems = [f"no translation: {text}" for text in untranslated(fresh)]
    problems += wrong_formats(fresh)
    catalogue = ROOT / CATALOGUE
    if not catalogue.exists() or catalogue.read_text(encoding="utf-8") != fresh.read_text("utf-8"):
        problems.append(f"{CATALOGUE} is not what the sources say: run `make messages`")
    for problem in problems:
        print(problem)
    print(f"{count(fresh)} texts, {len(problems)} problems")
    return 1 if problems else 0


def gettext(*command: str) -> str:
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    return done.stdout


def wrong_formats(catalogue: Path) -> list[str]:
    """What msgfmt says of translations whose placeholders are not those of the source."""
    command = ["msgfmt", "--check-format", "--output-file=/dev/null", str(catalogue)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")
    return done.stderr.splitlines() if done.returncode else []


def without_date(text: str) -> str:
    """Drop what changes with every run, so that equal texts give an equal file."""
    return "".join(
        line
        for line in text.splitlines(keepends=True)
        if not line.startswith(('"POT-Creation-Date:', '"PO-Revision-Date:', '"Last-Translator:'))
    )


def untranslated(catalogue: Path) -> list[str]:
    """The texts that are untranslated or fuzzy, as they stand in the source."""
    return texts(gettext("msgattrib", "--untranslated", "--no-obsolete", str(catalogue))) + texts(
        gettext("msgattrib", "--only-fuzzy", "--no-obsolete", str(catalogue))
    )


def count(catalogue: Path) -> int:
    return len(texts(catalogue.read_text(encoding="utf-8")))


def texts(po: str) -> list[str]:
    """The msgids of a catalogue's text, without its header."""
    found: list[str] = []
    reading = False
    for line in po.splitlines():
        if line.startswith("msgid "):
            found.append(line.removeprefix("msgid ").strip('"'))
            reading = True
        elif reading and line.startswith('"'):
            found[-1] += line.strip('"')
        else:
            reading = False
    return [text for text in found if text]


if __name__ == "__main__":
    if sys.argv[1:] not in (["update"], ["check"]):
        sys.exit("usage: messages.py update|check")
    sys.exit(main(sys.argv[1]))
