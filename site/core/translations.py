"""Compiling the catalogues without gettext, so that a bare machine reads English too."""

import os
from collections.abc import Iterable
from pathlib import Path

import polib

# The texts in the sources are in this language.
SOURCE_LOCALE = "zh_Hans"


def compile_catalogues(folder: Path) -> list[Path]:
    """Compile every ``.po`` below ``folder`` that is newer than its ``.mo``; return those.

    Beside each stands a catalogue of the sources' own language, which says of every text
    that it stays as it is: without one, gettext looks through a dozen catalogues of others
    for every word of every page before it gives up.
    Two processes may do it at once: each writes a file of its own and renames it.
    """
    compiled = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        same = folder / SOURCE_LOCALE / "LC_MESSAGES" / source.name
        stale = [each for each in (source, same) if _is_newer(source, each.with_suffix(".mo"))]
        if stale:
            texts = polib.pofile(str(source))
            of = {source: texts, same: _unchanged(texts)}
            compiled += [_written(of[each], each.with_suffix(".mo")) for each in stale]
    return compiled


def _is_newer(source: Path, compiled: Path) -> bool:
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


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
