"""Translations: `messages.py update` collects texts, `messages.py check` compares.

The texts in the sources are simplified Chinese; English is the one translation. It is kept in one
file a room, `site/locale/en/texts/<room>.po`: a text stands in the file of the room that says it,
and in `shared.po` where several do. Works on a copy of the sources, needs gettext and no settings.
"""

import contextlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import makemessages

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("site", "matching", "donations", "cms", "search")
CATALOGUE = Path("site/locale/en/LC_MESSAGES/django.po")
TEXTS = Path("site/locale/en/texts")
APPS = {"matching", "donations", "cms", "search"}
# Layers of a whole app, not rooms.
NO_ROOMS = {"management", "models", "templatetags"}
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
    """Copy the sources, put the rooms' texts together and collect; return the catalogue."""
    for source in SOURCES:
        if (ROOT / source).exists():
            shutil.copytree(ROOT / source, copy / source, ignore=NOT_SOURCES)
    catalogue = copy / CATALOGUE
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    rooms = sorted((copy / TEXTS).glob("*.po"))
    known = gettext("msgcat", "--use-first", "--no-wrap", *map(str, rooms)) if rooms else HEADER
    catalogue.write_text(known, encoding="utf-8")
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


def room_of(place: str) -> str:
    """Return the room that a source file belongs to: `donations.giving`, `core`, `look` …"""
    parts = place.removeprefix("site/").removeprefix("templates/").split("/")
    if place.startswith("site/"):
        is_template = place.startswith("site/templates/")
        if not is_template:
            return parts[0]
        if parts[0] not in APPS:
            return "look"
    is_room = len(parts) > 2 and (ROOT / parts[0] / parts[1] / "__init__.py").exists()
    return f"{parts[0]}.{parts[1]}" if is_room and parts[1] not in NO_ROOMS else parts[0]


def by_room(catalogue: Path) -> dict[str, str]:
    """Return each room's file as it should be, by its name."""
    rooms: dict[str, polib.POFile] = {}
    whole = polib.pofile(str(catalogue), wrapwidth=0)
    for text in whole:
        places = {room_of(place) for place, _line in text.occurrences}
        room = places.pop() if len(places) == 1 else "shared"
        part = rooms.setdefault(room, polib.POFile(wrapwidth=0))
        part.metadata = whole.metadata
        part.append(text)
    return {f"{room}.po": f"{part}\n" for room, part in rooms.items()}


def update(fresh: Path) -> int:
    """Write the rooms' files, compiled at the next start; say what lacks a translation."""
    folder = ROOT / TEXTS
    folder.mkdir(parents=True, exist_ok=True)
    files = by_room(fresh)
    for gone in {path.name for path in folder.glob("*.po")} - files.keys():
        (folder / gone).unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    open_texts = untranslated(fresh)
    print(f"{TEXTS}: {count(fresh)} texts, {len(open_texts)} without translation")
    for text in open_texts:
        print(f"  {text}")
    return 0


def check(fresh: Path) -> int:
    """Fail on a text without translation, on a stale file and on a wrong placeholder."""
    problems = [f"no translation: {text}" for text in untranslated(fresh)]
    problems += wrong_formats(fresh)
    wanted = by_room(fresh)
    there = {path.name: path.read_text("utf-8") for path in (ROOT / TEXTS).glob("*.po")}
    problems += [
        f"{TEXTS / name} is not what the sources say: run `make messages`"
        for name in sorted(wanted.keys() | there.keys())
        if wanted.get(name) != there.get(name)
    ]
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
