"""What the rules look at: the files of the repository, each read and parsed once.

A rule is tried on a tree with a violation planted in it: ``House.planted`` lays files over
the real ones, and only those are read anew.
"""

import ast
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path, PurePosixPath
from typing import TypeVar

Node = TypeVar("Node", bound=ast.AST)

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("site", "matching", "donations", "cms", "search")


class Source:
    """One text file, by the path that people write."""

    def __init__(self, path: str, text: str | None = None) -> None:
        self.path = path
        if text is not None:
            self.text = text

    @cached_property
    def text(self) -> str:
        """The content; also of a planted file that is nowhere on disk."""
        return (ROOT / self.path).read_text(encoding="utf-8")

    @cached_property
    def lines(self) -> int:
        """How many lines it has."""
        return len(self.text.splitlines())

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed module; every node knows its parent as ``node.parent``."""
        tree = ast.parse(self.text, filename=self.path)
        for node in ast.walk(tree):
            for child in ast.iter_child_nodes(node):
                child.parent = node  # type: ignore[attr-defined]
        return tree

    @cached_property
    def _by_kind(self) -> dict[type[ast.AST], list[ast.AST]]:
        found: dict[type[ast.AST], list[ast.AST]] = {}
        for node in ast.walk(self.tree):
            found.setdefault(type(node), []).append(node)
        return found

    def of(self, *kinds: type[Node]) -> list[Node]:
        """Return the nodes of these kinds."""
        return [node for kind in kinds for node in self._by_kind.get(kind, ())]  # type: ignore[misc]

    @cached_property
    def module(self) -> str:
        """The dotted name under which it is imported."""
        parts = PurePosixPath(self.path).with_suffix("").parts
        parts = parts[1:] if parts[0] == "site" else parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def package(self) -> str:
        """The dotted name of the package that relative imports start from."""
        inside = self.path.endswith("__init__.py")
        return self.module if inside else self.module.rpartition(".")[0]

    @cached_property
    def names(self) -> dict[str, str]:
        """What each imported name stands for, wherever in the file it is imported."""
        return {local: target for _line, local, target in self.imports}

    @cached_property
    def imports(self) -> list[tuple[int, str, str]]:
        """Line, local name and full dotted target of everything that is imported."""
        found = []
        for node in self.of(ast.Import):
            for alias in node.names:
                local = alias.asname or alias.name.partition(".")[0]
                found.append((node.lineno, local, alias.name if alias.asname else local))
                if not alias.asname and "." in alias.name:
                    found.append((node.lineno, alias.name, alias.name))
        for node in self.of(ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = self.package.split(".")
                above = ".".join(parts[: len(parts) - node.level + 1])
                base = f"{above}.{base}".strip(".")
            found += [
                (node.lineno, alias.asname or alias.name, f"{base}.{alias.name}")
                for alias in node.names
            ]
        return found

    def target(self, node: ast.AST) -> str:
        """Return the full dotted name of a name or attribute, by the imports of the file.

        A local name stays as it is written; anything else gives an empty string.
        """
        if isinstance(node, ast.Name):
            return self.names.get(node.id, node.id)
        if isinstance(node, ast.Attribute):
            before = self.target(node.value)
            return f"{before}.{node.attr}" if before else ""
        return ""


class House:
    """Every file of the repository by path."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self.sources = sources

    def planted(self, files: Mapping[str, str | None]) -> "House":
        """Return this house with files laid over it; None takes one away."""
        sources = {path: one for path, one in self.sources.items() if path not in files}
        sources |= {path: Source(path, text) for path, text in files.items() if text is not None}
        return House(sources)

    def files(self, *folders: str, suffix: str = "") -> list[Source]:
        """Return the files below these folders, of all folders if none is named."""
        starts = tuple(f"{folder}/" for folder in folders) or ("",)
        return [
            one
            for path, one in self.sources.items()
            if path.startswith(starts) and path.endswith(suffix)
        ]

    @cached_property
    def product(self) -> list[Source]:
        """Every Python source of the product, without migrations."""
        found = [one for one in self.with_migrations if "/migrations/" not in one.path]
        assert len(found) > 80, "the sources were not found"
        return found

    @cached_property
    def with_migrations(self) -> list[Source]:
        """Every Python source of the product."""
        return self.files(*FOLDERS, suffix=".py")

    @cached_property
    def modules(self) -> dict[str, Source]:
        """The sources of the product by dotted name."""
        return {one.module: one for one in self.with_migrations}

    @cached_property
    def folders(self) -> set[str]:
        """Every folder that holds a file, as ``a/b``."""
        return {
            str(parent)
            for path in self.sources
            for parent in list(PurePosixPath(path).parents)[:-1]
        }

    @cached_property
    def file_names(self) -> set[str]:
        """The last part of every path."""
        return {path.rpartition("/")[2] for path in self.sources}

    def exists(self, path: str) -> bool:
        """Say whether a file or folder of this path is here."""
        return path.rstrip("/") in self.sources or path.rstrip("/") in self.folders


@cache
def house() -> House:
    """Return the real house: what is tracked, and what would be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = sorted(set(listed.stdout.splitlines()))
    return House({path: Source(path) for path in paths if (ROOT / path).is_file()})


def functions(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method of a file."""
    yield from source.of(ast.FunctionDef)
    yield from source.of(ast.AsyncFunctionDef)
