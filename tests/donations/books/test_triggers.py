"""What the database refuses by itself, on both databases, whoever asks."""

import pytest
from django.db import DatabaseError, connection, transaction

from donations.books.services.seals import ledger_seal
from donations.models import Entry, EntrySeal, Posting
from tests.donations.booking import book_gift
from tests.donations.books.raw import UNBALANCED, insert_raw_entry
from tests.factories.matching import CampaignFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return book_gift(campaign=CampaignFactory())


def refused(statement, parameters=()):
    """Run SQL that must be refused, at once or at commit; return the refusal's words."""
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
        connection.check_constraints()
    return str(refusal.value)


def snapshot():
    return (
        list(Entry.objects.values_list("pk", "key", "memo")),
        list(Posting.objects.values_list("pk", "entry_id", "amount_minor")),
        list(EntrySeal.objects.values_list("sequence", "hash")),
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE donations_entry SET memo = 'x'",
        "DELETE FROM donations_entry",
        "UPDATE donations_posting SET amount_minor = 1",
        "DELETE FROM donations_posting",
        "UPDATE donations_entryseal SET hash = 'x'",
        "DELETE FROM donations_entryseal",
    ],
)
def test_facts_are_never_changed_or_deleted(entry, statement):
    ledger_seal()
    before = snapshot()

    assert "append-only" in refused(statement)
    assert snapshot() == before


def test_a_sealed_entry_takes_no_more_legs(entry):
    ledger_seal()
    before = snapshot()
    account_id = entry.postings.first().account_id

    words = refused(
        "INSERT INTO donations_posting (at, entry_id, account_id, amount_minor, currency) "
        "VALUES (CURRENT_TIMESTAMP, %s, %s, 5, 'CNY')",
        [entry.pk, account_id],
    )

    assert "sealed" in words
    assert snapshot() == before


@UNBALANCED
def test_an_unbalanced_entry_never_takes_its_place_in_the_chain(entry, amounts):
    """PostgreSQL refuses it at commit, SQLite when it is to be sealed."""
    ledger_seal()
    account_id = entry.postings.first().account_id
    with pytest.raises(DatabaseError, match=r"legs|balance"), transaction.atomic():
        entry_id = insert_raw_entry("raw:bad", *amounts, account_id=account_id)
        connection.check_constraints()
        EntrySeal.objects.create(
            sequence=2, entry_id=entry_id, previous_hash="0" * 64, hash="f" * 64
        )

    assert not Entry.objects.filter(key="raw:bad").exists()
    assert EntrySeal.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["entry", "posting", "entryseal"])
def test_postgresql_refuses_truncate(entry, table):
    connection.check_constraints()

    assert "append-only" in refused(f"TRUNCATE donations_{table} CASCADE")


UPSERTS = {
    "sqlite": ("INSERT OR REPLACE", ""),
    "postgresql": ("INSERT", "ON CONFLICT ({column}) DO UPDATE SET memo = 'replaced'"),
}


@pytest.mark.parametrize("column", ["id", "key"])
def test_no_entry_is_put_in_place_of_another(entry, column):
    """SQLite's REPLACE deletes without calling delete triggers."""
    before = snapshot()
    chosen = {"id": entry.pk + 50, "key": "other"} | {column: getattr(entry, column)}
    verb, ending = UPSERTS[connection.vendor]

    words = refused(
        f"{verb} INTO donations_entry (id, at, key, kind, memo, booked_on, township_code) "
        "VALUES (%s, CURRENT_TIMESTAMP, %s, 'gift', 'replaced', CURRENT_DATE, '') "
        + ending.format(column=column),
        [chosen["id"], chosen["key"]],
    )

    assert "append-only" in words
    assert snapshot() == before
