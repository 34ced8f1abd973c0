"""Sealing: every committed entry once, in one chain, and tampering shows."""

import pytest
from django.db import connection

from donations.books import chain
from donations.books.selectors.records import postings_of, record_of, sealed_records
from donations.books.services import seals
from donations.books.services.posting import reverse
from donations.books.services.seals import ledger_seal
from donations.models import EntrySeal
from tests.donations.booking import book_gift, book_match
from tests.factories.matching import CampaignFactory, NeedFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def three_entries():
    campaign = CampaignFactory()
    need = NeedFactory(campaign=campaign)
    gift = book_gift(campaign=campaign, need=need, township_code="530627102000")
    return [gift, book_match(campaign=campaign, need=need), reverse(entry=gift, memo="更正")]


def without_triggers(statement, parameters):
    """Change a row as somebody with the database's own powers could."""
    table = statement.split()[1]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(statement, parameters)
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        else:
            cursor.execute(f"DROP TRIGGER {table}_no_update")
            cursor.execute(statement, parameters)


def test_entries_are_sealed_in_order_once(three_entries):
    assert ledger_seal() == 3
    assert ledger_seal() == 0

    sealed = list(EntrySeal.objects.values_list("sequence", "entry_id"))
    assert sealed == [(n, entry.pk) for n, entry in enumerate(three_entries, start=1)]
    assert chain.verify(sealed_records()).lines == 3


def test_the_chain_goes_on_from_its_last_seal(three_entries):
    ledger_seal()
    late = book_gift(campaign=three_entries[0].campaign)

    ledger_seal()

    assert EntrySeal.objects.get(entry=late).sequence == 4
    assert chain.verify(sealed_records()).lines == 4


def test_more_than_a_batch_is_sealed_in_one_call(three_entries, monkeypatch):
    monkeypatch.setattr(seals, "BATCH", 2)

    assert ledger_seal() == 3
    assert chain.verify(sealed_records()).intact


def test_an_entry_that_committed_late_is_sealed_after_later_ids(three_entries):
    first, second, _third = three_entries
    seal_by_hand(second)

    ledger_seal()

    assert list(EntrySeal.objects.values_list("entry_id", flat=True))[:2] == [second.pk, first.pk]
    assert chain.verify(sealed_records()).lines == 3


def seal_by_hand(entry):
    legs = postings_of([entry.pk])[entry.pk]
    digest = chain.link(chain.GENESIS, record_of(entry, 1, legs))
    EntrySeal.objects.create(sequence=1, entry=entry, previous_hash=chain.GENESIS, hash=digest)


def test_the_whole_run_finds_what_lies_behind_the_window(three_entries, monkeypatch):
    seal_by_hand(three_entries[2])
    monkeypatch.setattr(seals, "LOOK_BACK", 1)

    assert ledger_seal() == 0
    assert ledger_seal(whole=True) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE donations_entry SET memo = 'x' WHERE id = %s",
        "UPDATE donations_posting SET amount_minor = amount_minor * 2 WHERE entry_id = %s",
        "UPDATE donations_entryseal SET hash = 'x' WHERE entry_id = %s",
    ],
)
def test_tampering_is_found_at_the_entry_it_touched(three_entries, statement):
    ledger_seal()
    without_triggers(statement, [three_entries[1].pk])

    verdict = chain.verify(sealed_records())

    assert verdict.lines == 1
    assert verdict.fault == "sequence 2: its content does not match its hash"


def test_nothing_in_the_chain_tells_a_giver_apart(three_entries):
    ledger_seal()
    key = book_gift(key="gift:D0123456789ABCDEF", campaign=three_entries[0].campaign).key
    ledger_seal()

    assert all(key not in str(record) for record in sealed_records())
