"""What PostgreSQL checks when a transaction commits."""

import pytest
from django.db import DatabaseError, transaction

from donations.models import Entry
from tests.donations.booking import book_gift
from tests.donations.books.raw import UNBALANCED, insert_raw_entry
from tests.factories.matching import CampaignFactory


@pytest.mark.postgres
@UNBALANCED
def test_an_unbalanced_entry_does_not_commit(committed_db, amounts):
    entry = book_gift(campaign=CampaignFactory())
    account_id = entry.postings.first().account_id

    with pytest.raises(DatabaseError, match=r"legs|balance"), transaction.atomic():
        insert_raw_entry("raw:bad", *amounts, account_id=account_id)

    assert not Entry.objects.filter(key="raw:bad").exists()


@pytest.mark.postgres
def test_a_late_leg_that_unbalances_an_entry_does_not_commit(committed_db):
    entry = book_gift(campaign=CampaignFactory())
    leg = entry.postings.first()

    with pytest.raises(DatabaseError, match="does not balance"), transaction.atomic():
        entry.postings.create(account_id=leg.account_id, amount_minor=1, currency="CNY")

    assert entry.postings.count() == 2
