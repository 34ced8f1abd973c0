"""Administrative divisions: the committed table, and what a 12-digit code says by itself.

A code is province 2, prefecture 2, county 2, township 3, village 3 digits, unused ones zero.
Everybody's reach is a prefix of it: who holds 530627 reaches every code that starts so.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

DIVISIONS_CSV = Path(__file__).parent / "data" / "divisions.csv"
CODE_LENGTH = 12
LEVELS = {2: "province", 4: "prefecture", 6: "county", 9: "township", 12: "village"}


@dataclass(frozen=True, slots=True)
class Division:
    """One row of the table; ``parent`` is empty for a province."""

    code: str
    parent: str
    level: str
    name: str
    name_en: str


def ancestor_prefixes(code: str) -> tuple[str, ...]:
    """Scope prefixes of every division holding ``code``, widest first, its own last.

    ``530627102201`` gives 53, 5306, 530627, 530627102, 530627102201. A level that the code
    skips (all zeros, as the county of 441900003000) gives none.

    Raises:
        ValueError: not 12 ASCII digits, or no province.
    """
    if len(code) != CODE_LENGTH or not (code.isascii() and code.isdigit()):
        raise ValueError(f"a division code is {CODE_LENGTH} digits, not {code!r}")
    if code.startswith("00"):
        raise ValueError(f"{code!r} names no province")
    prefixes = []
    start = 0
    for end in LEVELS:
        if code[start:end].strip("0"):
            prefixes.append(code[:end])
        start = end
    return tuple(prefixes)


def scope_prefix(code: str) -> str:
    """The significant 2, 4, 6, 9 or 12 digits: what the codes of all places inside start with."""
    return ancestor_prefixes(code)[-1]


def level_of(code: str) -> str:
    """``province``, ``prefecture``, ``county``, ``township`` or ``village``; else ValueError."""
    return LEVELS[len(scope_prefix(code))]


def is_within(code: str, scope_code: str) -> bool:
    """Whether ``code`` is ``scope_code`` or lies inside it; both are 12-digit codes."""
    return scope_prefix(scope_code) in ancestor_prefixes(code)


def read_divisions(path: Path = DIVISIONS_CSV) -> list[Division]:
    """The table, parents before children.

    Raises:
        ValueError: a code twice, a level its code denies, a parent that is not an earlier row
            or does not hold the child. The message names the code.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        divisions = [Division(**row) for row in csv.DictReader(lines)]
    seen: set[str] = set()
    for division in divisions:
        _check(division, seen)
        seen.add(division.code)
    return divisions


def _check(division: Division, seen: set[str]) -> None:
    code, parent = division.code, division.parent
    if code in seen:
        raise ValueError(f"{code} is there twice")
    if level_of(code) != division.level:
        raise ValueError(f"{code} is a {level_of(code)}, not a {division.level}")
    if not division.name or not division.name_en:
        raise ValueError(f"{code} lacks a name")
    if division.level == "province":
        if parent:
            raise ValueError(f"{code} is a province and has parent {parent}")
    elif parent not in seen:
        raise ValueError(f"{code} comes before its parent {parent or '(none)'}")
    elif scope_prefix(parent) != ancestor_prefixes(code)[-2]:
        raise ValueError(f"{code} does not lie directly in {parent}")
