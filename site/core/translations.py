"""Compiling the catalogues without gettext, so that a bare machine reads English too."""

import os
from collections.abc import Iterable
from pathlib import Path

import polib

# The texts in the sources are in this language.
SOURCE_LOCALE = "zh_Hans"
COMPILED = Path("LC_MESSAGES/django.mo")


def compile_catalogues(folder: Path) -> list[Path]:
    """Compile each language's texts below ``folder`` where one is newer than the ``.mo``.

    ``<language>/texts/`` holds one ``.po`` a room; they become the one
    ``<language>/LC_MESSAGES/django.mo``. Returns what was compiled.

    Beside each stands a catalogue of the sources' own language, which says of every text
    that it stays as it is: without one, gettext looks through a dozen catalogues of others
    for every word of every page before it gives up.
    Two processes may do it at once: each writes a file of its own and renames it.
    """
    compiled = []
    for texts in sorted(folder.glob("*/texts")):
        sources = sorted(texts.glob("*.po"))
        targets = {
            locale: folder / locale / COMPILED for locale in (texts.parent.name, SOURCE_LOCALE)
        }
        stale = [locale for locale, target in targets.items() if _is_newer(sources, target)]
        if stale:
            catalogue = merged(sources)
            for locale in stale:
                made = _unchanged(catalogue) if locale == SOURCE_LOCALE else catalogue
                compiled.append(_written(made, targets[locale]))
    return compiled


def merged(sources: Iterable[Path]) -> polib.POFile:
    """Return one catalogue of several; each text stands in one of them."""
    catalogue = polib.POFile()
    for source in sources:
        part = polib.pofile(str(source))
        catalogue.metadata = part.metadata
        catalogue.extend(part)
    return catalogue


def _is_newer(sources: Iterable[Path], compiled: Path) -> bool:
    if not compiled.exists():
        return True
    made = compiled.stat().st_mtime
    # The folder's own time tells of a room that is gone.
    return any(
        made < path.stat().st_mtime for source in sources for path in (source, source.parent)
    )


def _unchanged(texts: Iterable[polib.POEntry]) -> polib.POFile:
    """Return a catalogue in which every text says what its source says."""
    catalogue = polib.POFile()
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    for text in texts:
        plural = {0: text.msgid} if text.msgid_plural else {}
        catalogue.append(
            polib.POEntry(
                msgid=text.msgid,
                msgid_plural=text.msgid_plural,
                msgctxt=text.msgctxt,
                msgstr="" if plural else text.msgid,
                msgstr_plural=plural,
            )
        )
    return catalogue


def _written(catalogue: polib.POFile, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(f".{os.getpid()}.draft")
    catalogue.save_as_mofile(str(draft))
    draft.replace(target)
    return target
