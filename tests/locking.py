"""Which rows a transaction locks, in which order: read from the statements it runs."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from core.locks import RANKS, WITHIN_A_GIFT

TABLE = r'"?(\w+)"?'
LOCKING = re.compile(
    rf"\bFROM\s+{TABLE}(?:(?!\bFROM\b).)*?\bFOR\s+(?:NO\s+KEY\s+)?UPDATE"
    rf"|\bUPDATE\s+{TABLE}(?:\s+AS\s+\w+)?\s+SET\b"
    rf"|\bDELETE\s+FROM\s+{TABLE}"
    rf"|\bINSERT\s+INTO\s+{TABLE}(?:(?!\bINSERT\s+INTO\b).)*?\bON\s+CONFLICT",
    re.DOTALL | re.IGNORECASE,
)


def locked_by(statement: str) -> list[str]:
    """Return the tables whose rows a statement locks, or waits for, in its order."""
    found = (next(filter(None, match)) for match in LOCKING.findall(statement))
    return list(dict.fromkeys(found))


@dataclass
class Transaction:
    """The tables locked in one transaction, each where it was first locked."""

    outermost: Any
    tables: list[str] = field(default_factory=list)

    def breaches(self) -> list[str]:
        """Return each table that was locked after one that comes later in the order."""
        found, held = [], []
        for table in self.tables:
            if table in WITHIN_A_GIFT:
                if held and "donations_donation" not in held:
                    found.append(f"{table} without its gift")
                continue
            later = [one for one in held if RANKS[one] > RANKS[table]]
            found += [f"{table} after {one}" for one in later[:1]]
            held.append(table)
        return found


@contextmanager
def recorded() -> Iterator[list[Transaction]]:
    """Record each transaction of this connection that is opened in the block."""
    done: list[Transaction] = []

    def look(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        tables = _current(done).tables
        tables += [table for table in locked_by(sql) if table not in tables]
        return execute(sql, *rest)

    with connection.execute_wrapper(look):
        yield done


def _current(done: list[Transaction]) -> Transaction:
    """The record of the transaction that is open; outside one, a statement is its own."""
    ours = [block for block in connection.atomic_blocks if not block._from_testcase]
    outermost = ours[0] if ours else None
    if outermost is None or not done or done[-1].outermost is not outermost:
        done.append(Transaction(outermost))
    return done[-1]
