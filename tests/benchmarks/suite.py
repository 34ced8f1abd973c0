"""Finding the benchmarks, running them, and telling their figures in one table."""

import importlib
import pkgutil
import platform
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from types import ModuleType

import tests.benchmarks

RESULTS = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"
_MODULE = re.compile(r"b(\d+)_\w+$")
INTRODUCTION = """# Benchmarks

Ratios of one run: subject and peer take turns on the same machine and the same server, and
the medians are compared. Absolute figures of another machine will differ; the ratios should
not. Every run checks afterwards, in the database, that what was counted is there and that no
invariant is broken; a run that fails that has no figures.

Run them with `make bench`, or some with
`python -m tests.benchmarks B1 --rounds 5 --seconds 8`; `--write` renews this page.
"""


class CannotRunError(Exception):
    """What a benchmark needs is not there; the message says what."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to measure."""

    rounds: int = 3
    seconds: float = 4.0


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. ``target`` is a ratio; ``at_most`` says that smaller is better."""

    name: str
    metric: str
    subject: float
    peer: float
    peer_name: str
    target: float | None = None
    at_most: bool = False
    spread: tuple[float, float] | None = None
    note: str = ""

    @property
    def ratio(self) -> float:
        """Subject over peer; 0.0 where there is no peer figure."""
        return self.subject / self.peer if self.peer else 0.0

    @property
    def verdict(self) -> str:
        """Whether the target is met."""
        if self.target is None:
            return "–"
        met = self.ratio <= self.target if self.at_most else self.ratio >= self.target
        return "met" if met else "missed"


@dataclass(slots=True)
class Rounds:
    """Figures of interleaved rounds, subject and peer of one round side by side."""

    subject: list[float] = field(default_factory=list)
    peer: list[float] = field(default_factory=list)

    def row(self, name: str, metric: str, peer_name: str, **more) -> Row:
        """Return medians, and how far the ratio of single rounds spread."""
        ratios = [mine / theirs for mine, theirs in zip(self.subject, self.peer, strict=True)]
        return Row(
            name=name,
            metric=metric,
            subject=median(self.subject),
            peer=median(self.peer),
            peer_name=peer_name,
            spread=(min(ratios), max(ratios)),
            **more,
        )


def discover() -> dict[str, ModuleType]:
    """Return the modules ``b<number>_….py`` of this package by name (``B1``), in order.

    Each has ``TITLE`` and ``run(effort: Effort) -> Iterable[Row]``; modules whose name ends
    in ``_work`` are what their processes run.
    """
    found = {}
    for info in pkgutil.iter_modules(tests.benchmarks.__path__):
        match = _MODULE.match(info.name)
        if match and not info.name.endswith("_work"):
            module = importlib.import_module(f"tests.benchmarks.{info.name}")
            found[int(match[1])] = module
    return {f"B{number}": found[number] for number in sorted(found)}


def run(names: Iterable[str], effort: Effort, say: Callable[[str], None]) -> list[Row]:
    """Run the named benchmarks, all without names; tell of each as it goes."""
    modules = discover()
    rows: list[Row] = []
    for name in [name.upper() for name in names] or list(modules):
        if name not in modules:
            raise SystemExit(f"benchmark: there is no {name}; there are {', '.join(modules)}.")
        module = modules[name]
        say(f"{name}: {module.TITLE}")
        try:
            rows += module.run(effort)
        except CannotRunError as error:
            say(f"{name} cannot run here: {error}")
    return rows


def table(rows: Iterable[Row]) -> str:
    """Return the figures as a Markdown table."""
    lines = [
        "| benchmark | metric | here | peer | ratio (rounds) | target | |",
        "|---|---|---:|---:|---:|---:|---|",
    ]
    for row in rows:
        spread = f" ({row.spread[0]:.2f}–{row.spread[1]:.2f})" if row.spread else ""
        sign = "≤" if row.at_most else "≥"
        target = f"{sign} {row.target:g}" if row.target is not None else "–"
        ratio = f"{row.ratio:.2f}{spread}" if row.peer else "–"
        peer = f"{row.peer_name} {row.peer:,.5g}" if row.peer else row.peer_name or "–"
        verdict = row.verdict + (f"; {row.note}" if row.note else "")
        lines.append(
            f"| {row.name} | {row.metric} | {row.subject:,.5g} | {peer} | {ratio} | {target} "
            f"| {verdict} |"
        )
    return "\n".join(lines)


def document(rows: list[Row], surroundings: list[str], effort: Effort) -> str:
    """Return the page ``docs/benchmarks.md``."""
    facts = [
        f"Python {platform.python_version()} on {platform.system()}, {platform.machine()}",
        *surroundings,
        f"{effort.rounds} interleaved rounds of {effort.seconds:g} s; medians",
    ]
    return "\n".join([INTRODUCTION, *(f"- {fact}" for fact in facts), "", table(rows), ""])
