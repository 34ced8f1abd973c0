"""Where things may stand: no attics, one reader of the environment, one clock."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.architecture.rules.rule import Finding, rule
from tests.architecture.sources import House, Source

ATTIC = re.compile(
    r"(?:\w+_)?(?:utils?|utilities|helpers?|common|commons|misc|lib|libs|tools?|shared|stuff)"
)
ENVIRONMENT = {"environ", "environb", "getenv", "getenvb", "putenv", "unsetenv"}
CLOCK = "site/core/clock.py"
WALL = re.compile(
    r"(?:datetime\.datetime\.(?:now|utcnow|today)|datetime\.date\.today"
    r"|time\.(?:time|time_ns|localtime|gmtime|ctime|strftime)"
    r"|django\.utils\.timezone\.(?:now|localtime|localdate)"
    r"|django\.db\.models\.functions\.(?:datetime\.)?Now)"
)
WALL_IN_SQL = re.compile(r"\b(?:NOW\s*\(\)|CURRENT_(?:TIMESTAMP|DATE|TIME)\b|STATEMENT_TIMESTAMP)")
ENGINE = "matching/funds/engine/"
CLOCKS = {"datetime.datetime", "datetime.date"}


@rule()
def no_attic(house: House) -> Iterator[Finding]:
    """Nothing is called utils, helpers or the like: neither a module nor a folder."""
    for path in [*house.sources, *house.folders]:
        last = PurePosixPath(path)
        named = last.stem if last.suffix in {".py", ".html", ".css", ".js", ".md"} else last.name
        if ATTIC.fullmatch(named):
            yield Finding(path, "is an attic")


@rule(
    excepted={
        "site/demo/management/commands/demo.py": "the demo's processes inherit the environment",
    }
)
def config_alone_reads_the_environment(house: House) -> Iterator[Finding]:
    """The environment is read by config alone."""
    for source in house.with_migrations:
        if source.path.startswith("site/config/"):
            continue
        for line, _local, target in source.imports:
            if target.startswith("os.") and target[3:] in ENVIRONMENT:
                yield Finding(source.path, f"line {line} imports {target}")
        for node in source.of(ast.Attribute):
            if node.attr in ENVIRONMENT:
                yield Finding(source.path, f"line {node.lineno} reads {node.attr}")


@rule(
    excepted={
        "site/demo/stripe_server/*": "a process of its own, which plays another house's server",
        "site/core/models.py": "Django stamps the last change; nothing is decided by it",
    }
)
def one_clock(house: House) -> Iterator[Finding]:
    """The time of day comes from `core.clock` alone."""
    for source in house.product:
        if source.path != CLOCK:
            for line, read in _wall_clock(source):
                yield Finding(source.path, f"line {line} reads {read}")
    for template in house.files("site", suffix=".html"):
        if re.search(r"{%-?\s*now\s", template.text):
            yield Finding(template.path, "tells the time with {% now %}")


def _wall_clock(source: Source) -> Iterator[tuple[int, str]]:
    for node in [*source.of(ast.Name), *source.of(ast.Attribute)]:
        if WALL.fullmatch(source.target(node)) and not _converts(node):
            yield node.lineno, source.target(node)
    for keyword in source.of(ast.keyword):
        if keyword.arg in {"auto_now", "auto_now_add"}:
            yield keyword.value.lineno, keyword.arg
    for text in source.of(ast.Constant):
        if isinstance(text.value, str) and WALL_IN_SQL.search(text.value):
            yield text.lineno, "the database's clock"


def _converts(node: ast.AST) -> bool:
    """Whether a function of the time is called with the instant that it shall show."""
    above = node.parent  # type: ignore[attr-defined]
    return (
        isinstance(above, ast.Call)
        and above.func is node
        and bool(above.args)
        and ast.unparse(node).rpartition(".")[2] not in {"now", "today", "fromtimestamp"}
    )


@rule()
def engine_without_a_clock(house: House) -> Iterator[Finding]:
    """The match engine knows no clock, no chance and no file: instants are handed to it."""
    for source in house.files(ENGINE.rstrip("/"), suffix=".py"):
        for line, _local, target in source.imports:
            root = target.partition(".")[0]
            if root in {"time", "random", "secrets", "os", "pathlib", "io", "socket"} or (
                "clock" in target.split(".")
            ):
                yield Finding(source.path, f"line {line} imports {target}")
        for node in source.of(ast.Attribute):
            if node.attr in {"now", "utcnow", "today"}:
                yield Finding(source.path, f"line {node.lineno} reads .{node.attr}")
        for call in source.of(ast.Call):
            if source.target(call.func) in {"open", "input", "print"}:
                yield Finding(source.path, f"line {call.lineno} calls {source.target(call.func)}")
