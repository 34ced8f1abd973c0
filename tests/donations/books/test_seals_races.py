"""Several sealers at once make one chain."""

import pytest
from django.conf import settings

from donations.books import chain
from donations.books.selectors.records import sealed_records
from donations.books.services.seals import ledger_seal
from tests.databases import url
from tests.donations.booking import book_gift
from tests.factories.matching import CampaignFactory
from tests.races.harness import run_together


def test_sealers_at_once_make_one_chain(committed_db):
    campaign = CampaignFactory()
    for _number in range(60):
        book_gift(campaign=campaign)

    sealed = run_together(
        "tests.donations.race_work:seal",
        processes=4,
        database_url=url(),
        var_dir=settings.VAR_DIR,
    )

    verdict = chain.verify(sealed_records())
    assert (verdict.fault, verdict.lines, sum(sealed)) == ("", 60, 60)


@pytest.mark.postgres
def test_an_entry_that_commits_after_later_ones_is_sealed_when_it_is_seen(committed_db, tmp_path):
    """Its id is lower than those already sealed: the chain's order is that of sealing."""
    book_gift(campaign=CampaignFactory())

    sealed = run_together(
        "tests.donations.race_work:overtake",
        processes=2,
        folder=str(tmp_path),
        database_url=url(),
        var_dir=settings.VAR_DIR,
    )

    assert sealed == [0, 2], "the slow one was not there yet"
    assert ledger_seal() == 1
    records = list(sealed_records())
    assert chain.verify(records).intact
    assert [record["ref"] for record in records[1:]] == [
        chain.ref_of("test:quick"),
        chain.ref_of("test:slow"),
    ]
