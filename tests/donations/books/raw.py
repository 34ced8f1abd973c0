"""Ledger rows written past the service."""

import pytest
from django.db import connection

from donations.states import EntryKind

UNBALANCED = pytest.mark.parametrize(
    "amounts",
    [[], [(5, "CNY")], [(5, "CNY"), (-4, "CNY")], [(5, "CNY"), (-5, "USD")]],
    ids=["no legs", "one leg", "off by one", "currencies apart"],
)


def insert_raw_entry(key: str, *amounts: tuple[int, str], account_id: int) -> int:
    """Insert an entry and its legs; return its id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO donations_entry (at, key, kind, memo, booked_on, township_code) "
            "VALUES (CURRENT_TIMESTAMP, %s, %s, '', CURRENT_DATE, '') RETURNING id",
            [key, EntryKind.GIFT],
        )
        (entry_id,) = cursor.fetchone()
        for minor, currency in amounts:
            cursor.execute(
                "INSERT INTO donations_posting (at, entry_id, account_id, amount_minor, currency) "
                "VALUES (CURRENT_TIMESTAMP, %s, %s, %s, %s)",
                [entry_id, account_id, minor, currency],
            )
    return entry_id
