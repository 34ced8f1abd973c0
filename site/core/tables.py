"""Tables as CSV that a spreadsheet opens safely and a person can read at once."""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Any

# Excel on Windows takes UTF-8 for GBK without it.
BYTE_ORDER_MARK = "\ufeff"
# What makes a spreadsheet run a cell; full-width signs do in Chinese and Japanese Excel.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "'", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


class _Echo:
    """A file that hands back what is written, so that the csv module can stream."""

    def write(self, text: str) -> str:
        """Return the line."""
        return text


def safe_cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula; plain numbers stay numbers."""
    text = "" if value is None else str(value)
    if text.startswith(_DANGEROUS) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def csv_lines(head: Iterable[object], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Yield a CSV table line by line, guarded against formula injection."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow([safe_cell(cell) for cell in head])
    for row in rows:
        yield writer.writerow([safe_cell(cell) for cell in row])
