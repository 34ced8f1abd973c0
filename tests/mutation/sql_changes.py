"""What may be wrong in one place of a plain SQL statement."""

import re
from collections.abc import Iterator

STATEMENT = re.compile(r"\b(SELECT|INSERT INTO|UPDATE|EXISTS|WHERE|VALUES)\b")
WORD = re.compile(r"[A-Z]+(?: BY| INTO)?\b")
BOUNDARY = re.compile(r"(?<![<>=!])(>=|<=|<>|>|<|=)(?![<>=])")
OTHER = {">=": ">", "<=": "<", ">": ">=", "<": "<=", "=": "<>", "<>": "="}
CONDITION = re.compile(r"\b(?:WHERE|AND|OR|ON|WHEN)\b")
# Where a condition ends, if no bracket closes first.
END = re.compile(
    r"\b(?:AND|OR|ORDER BY|GROUP BY|RETURNING|LIMIT|FOR UPDATE|UNION|THEN|ON CONFLICT"
    r"|WHERE|JOIN|LEFT JOIN|SELECT|FROM)\b|;"
)
# In these clauses ``=`` says what becomes of a column, not a condition.
SETTING = ("SET",)
CLAUSES = re.compile(r"\b(SET|WHERE|AND|OR|ON|SELECT|WHEN|RETURNING|VALUES|FROM)\b")
SWAPS = (
    ("IS NULL", "IS NOT NULL"),
    ("IS NOT NULL", "IS NULL"),
    ("NOT EXISTS", "EXISTS"),
    ("EXISTS", "NOT EXISTS"),
    ("AND", "OR"),
    ("OR", "AND"),
    (" + ", " - "),
    (" - ", " + "),
    ("ELSE 0", "ELSE 1"),
    (" = 0", " = 1"),
    (" > 0", " > 1"),
)


def sql_changes(statement: str) -> Iterator[tuple[str, str]]:
    """Yield what may be wrong: in words, and the statement with it. Other texts have none."""
    if not STATEMENT.search(statement):
        return
    yield from _boundaries(statement)
    yield from _conditions(statement)
    yield from _swaps(statement)
    yield from _literals(statement)


def _boundaries(statement: str) -> Iterator[tuple[str, str]]:
    for found in BOUNDARY.finditer(statement):
        clause = [word.group() for word in CLAUSES.finditer(statement, 0, found.start())]
        if found.group() == "=" and clause and clause[-1] in SETTING:
            continue
        new = OTHER[found.group()]
        yield (
            f"{_around(statement, *found.span())}: {found.group()} → {new}",
            _put(statement, found.span(), new),
        )


def _conditions(statement: str) -> Iterator[tuple[str, str]]:
    """Make each condition always true; its placeholders stay, so the values still fit."""
    for word in CONDITION.finditer(statement):
        if word.group() == "ON" and statement[word.end() :].startswith(" CONFLICT"):
            continue
        start = word.end()
        end = _condition_end(statement, start)
        condition = statement[start:end].strip()
        if condition:
            yield (
                f"{word.group()} {_short(condition)} always true",
                _put(statement, (start, end), f" ({condition} OR 1 = 1) "),
            )


def _condition_end(statement: str, start: int) -> int:
    depth = 0
    for position in range(start, len(statement)):
        letter = statement[position]
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth < 0 or (depth == 0 and letter == "," and start):
            return position
        if depth == 0 and END.match(statement, position) and _is_edge(statement, position):
            return position
    return len(statement)


def _is_edge(statement: str, position: int) -> bool:
    return position == 0 or not statement[position - 1].isalnum()


def _swaps(statement: str) -> Iterator[tuple[str, str]]:
    for old, new in SWAPS:
        pattern = rf"\b{old}\b" if old[0].isalpha() else re.escape(old)
        for found in re.finditer(pattern, statement):
            before = statement[: found.start()]
            if old == "EXISTS" and before.endswith("NOT "):
                continue
            yield (
                f"{_around(statement, *found.span())}: {old.strip()} → {new.strip()}",
                _put(statement, found.span(), new),
            )


def _literals(statement: str) -> Iterator[tuple[str, str]]:
    """Another text in a condition, or one entry fewer in a list of them."""
    for found in re.finditer(r"'\w+'", statement):
        label = f"{_around(statement, *found.span())}: {found.group()} → 'changed'"
        yield label, _put(statement, found.span(), "'changed'")


def _put(statement: str, span: tuple[int, int], new: str) -> str:
    return statement[: span[0]] + new + statement[span[1] :]


def _around(statement: str, start: int, end: int) -> str:
    left = statement[:start].split()[-3:]
    right = statement[end:].split()[:3]
    return _short(" ".join([*left, statement[start:end].strip(), *right]))


def _short(piece: str) -> str:
    line = " ".join(piece.split())
    return line if len(line) <= 90 else f"{line[:87]}…"
