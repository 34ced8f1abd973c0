"""Documents and docstrings name files and modules that are there."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import PurePosixPath

from tests.architecture.rules.imports import defined
from tests.architecture.rules.rule import Finding, rule
from tests.architecture.rules.tasks import made
from tests.architecture.sources import House, Source

QUOTED = re.compile(r"``?([^`\n]+)``?")
LINKED = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
FILE = re.compile(r"[\w.-]+\.(?:py|md|html|css|js|toml|po|yml|yaml|lock|txt|cfg|ini)")
PATH = re.compile(r"\.?[\w-]+(?:/[\w.*-]+)+/?|[\w-]+/")
DOTTED = re.compile(r"[a-z_]\w*(?:\.\w+)+(?:\(\))?", re.ASCII)
ROOTS = ("site/", "matching/", "donations/", "cms/", "search/", "tests/", "docs/", ".ci/")
# Short for what stands below `site`, which is on the path of imports.
INSIDE_SITE = ("core/", "config/", "demo/", "templates/", "static/")


def words(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and word of everything quoted or linked in a text, without code blocks."""
    text = re.sub(r"(?ms)^```.*?^```", lambda block: "\n" * block[0].count("\n"), text)
    for pattern in (QUOTED, LINKED):
        for match in pattern.finditer(text):
            yield text.count("\n", 0, match.start()) + 1, match[1].strip()


def docstrings(source: Source) -> Iterator[tuple[int, str]]:
    """Yield line and text of every docstring and comment of a module."""
    for node in [source.tree, *source.of(ast.FunctionDef), *source.of(ast.ClassDef)]:
        if text := ast.get_docstring(node, clean=False):
            yield getattr(node, "lineno", 1), text
    for line, text in enumerate(source.text.splitlines(), 1):
        if text.lstrip().startswith("#"):
            yield line, text


@cache
def named(source: Source) -> list[tuple[int, str]]:
    """Return line and word of everything that may be the name of a file or module."""
    if source.path.endswith(".md"):
        found = list(words(source.text))
    else:
        found = [(line, word) for line, text in docstrings(source) for _line, word in words(text)]
    return [(line, word) for line, word in found if "." in word or "/" in word]


def missing(house: House, word: str, beside: str) -> bool:
    """Whether a word is the path of a file or a module that is not there."""
    if FILE.fullmatch(word):
        return word not in house.file_names
    if PATH.fullmatch(word) and word.startswith((*ROOTS, *INSIDE_SITE)):
        return not _somewhere(house, word, beside)
    app = word.partition(".")[0]
    if DOTTED.fullmatch(word) and app in house.modules:
        return not _known(house, word.removesuffix("()"))
    return False


def _somewhere(house: House, word: str, beside: str) -> bool:
    if "*" in word:
        return any(PurePosixPath(path).match(word) for path in house.sources)
    near = str(PurePosixPath(beside).parent / word)
    return any(house.exists(path) for path in (word, f"site/{word}", near))


def _known(house: House, dotted: str) -> bool:
    """Whether a dotted name is a module, something in it, a task, or a label of two words."""
    module, rest = dotted, []
    while module not in house.modules and "." in module:
        module, _dot, last = module.rpartition(".")
        rest.insert(0, last)
    if not rest or rest[0] in defined(house.modules[module]):
        return True
    models = house.modules.get(f"{module}.models")
    label = "." not in module and models is not None and rest[0] in defined(models)
    return label or dotted in made(house)


@rule(
    excepted={
        "docs/adr/0013-rooms-by-business.md:donations/services": "the past that the decision ended",
    }
)
def documents_name_what_is_there(house: House) -> Iterator[Finding]:
    """A file or module named in a document, a docstring or a comment is there."""
    for document in house.files(suffix=".md"):
        for line, word in named(document):
            link = word.startswith(("../", "./"))
            if missing(house, word, document.path) or (link and not _linked(house, word, document)):
                yield Finding(f"{document.path}:{word}", f"line {line}: is not there")
    for source in [*house.with_migrations, *house.files("tests", ".ci", suffix=".py")]:
        for line, word in named(source):
            if missing(house, word, source.path):
                yield Finding(f"{source.path}:{word}", f"line {line}: is not there")


def _linked(house: House, word: str, document: Source) -> bool:
    parts: list[str] = list(PurePosixPath(document.path).parent.parts)
    for part in PurePosixPath(word).parts:
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return house.exists("/".join(parts))
