"""The hash chain of the public ledger: how an entry is sealed, and how to check a copy.

Anyone can check an exported ledger with Python alone and this one file:

    python chain.py export.jsonl

The export holds one JSON object a line, in order of ``sequence``:

    sequence       1, 2, 3, … without a gap
    ref            SHA-256 (hex) of the entry's internal key; names the entry, tells nothing
    kind, memo     what was booked, in words
    booked_on      calendar day, YYYY-MM-DD
    campaign, need, agreement, township    public codes, "" where there is none
    reverses       ``ref`` of the entry it corrects, or ""
    postings       [account, amount in minor units (debit positive), currency], sorted
    previous_hash  the hash of the line before; 64 zeros on the first
    hash           SHA-256 of previous_hash (as 64 ASCII letters) followed by the canonical
                   JSON of the line without previous_hash and hash

Canonical JSON: keys sorted, no white space, UTF-8, no escapes but those JSON demands.
"""

import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GENESIS = "0" * 64
SEALED_FIELDS = (
    "sequence",
    "ref",
    "kind",
    "memo",
    "booked_on",
    "campaign",
    "need",
    "agreement",
    "township",
    "reverses",
    "postings",
)
FIELDS = frozenset({*SEALED_FIELDS, "previous_hash", "hash"})

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found: how many lines hold, the last hash, and the first fault."""

    lines: int
    last_sequence: int
    last_hash: str
    fault: str = ""

    @property
    def intact(self) -> bool:
        """Whether every line holds."""
        return not self.fault


def ref_of(key: str) -> str:
    """Return the public name of an entry; the key itself may hold a giver's own code."""
    return hashlib.sha256(key.encode()).hexdigest()


def canonical(record: Record) -> bytes:
    """Return the bytes that are hashed for a record."""
    sealed = {name: record[name] for name in SEALED_FIELDS}
    return json.dumps(
        sealed, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def link(previous_hash: str, record: Record) -> str:
    """Return the hash that seals a record onto the one before."""
    return hashlib.sha256(previous_hash.encode() + canonical(record)).hexdigest()


def verify(records: Iterable[Record], *, after: int = 0, previous_hash: str = GENESIS) -> Verdict:
    """Recompute the chain and name the first line that does not hold.

    ``after`` and ``previous_hash`` go on from a line that was checked before.
    """
    sequence, hash_before, lines = after, previous_hash, 0
    for record in records:
        fault = _fault(record, sequence + 1, hash_before)
        if fault:
            return Verdict(lines, sequence, hash_before, fault)
        sequence, hash_before, lines = record["sequence"], record["hash"], lines + 1
    return Verdict(lines, sequence, hash_before)


def _fault(record: Record, expected: int, previous_hash: str) -> str:
    if not isinstance(record, dict) or set(record) != FIELDS:
        return f"line {expected}: not a sealed entry"
    if record["sequence"] != expected:
        return f"line {expected}: found sequence {record['sequence']!r}; a line is missing or moved"
    if record["previous_hash"] != previous_hash:
        return f"sequence {expected}: does not follow from the line before"
    try:
        if record["hash"] != link(previous_hash, record):
            return f"sequence {expected}: its content does not match its hash"
        return _unbalanced(record, expected)
    except (TypeError, ValueError) as error:
        return f"sequence {expected}: unreadable ({error})"


def _unbalanced(record: Record, sequence: int) -> str:
    sums: defaultdict[str, int] = defaultdict(int)
    for _account, amount, currency in record["postings"]:
        if type(amount) is not int:
            return f"sequence {sequence}: an amount is not a whole number"
        sums[currency] += amount
    if len(record["postings"]) < 2 or any(sums.values()):
        return f"sequence {sequence}: the entry does not balance"
    return ""


def read_lines(path: Path) -> Iterator[Record]:
    """Yield the records of an export; a line that is not JSON becomes a fault."""
    with path.open(encoding="utf-8") as handle:
        for line in handle:
            if line.strip():
                try:
                    yield json.loads(line)
                except ValueError:
                    yield {}


def main(arguments: list[str]) -> int:
    """Check the file that is named; 0 when the chain holds, 1 when not, 2 on wrong use."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python chain.py export.jsonl\n")
        return 2
    try:
        verdict = verify(read_lines(Path(arguments[0])))
    except (OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"cannot read {arguments[0]}: {error}\n")
        return 2
    if verdict.fault:
        sys.stdout.write(f"BROKEN: {verdict.fault}\n")
        return 1
    sys.stdout.write(f"OK: {verdict.lines} entries, last hash {verdict.last_hash}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
