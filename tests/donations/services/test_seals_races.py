"""Several sealers at once make one chain."""

import pytest

from donations.ledger import chain
from donations.ledger.records import sealed_records
from tests.donations.booking import book_gift
from tests.donations.processes import run_together
from tests.factories.matching import CampaignFactory

SEAL = """
from donations.services import seals
seals.BATCH = 7
for _ in range(30):
    seals.ledger_seal()
"""


def test_sealers_at_once_make_one_chain(committed_db):
    campaign = CampaignFactory()
    for _number in range(60):
        book_gift(campaign=campaign)

    run_together([SEAL] * 3)

    verdict = chain.verify(sealed_records())
    assert (verdict.fault, verdict.lines) == ("", 60)


@pytest.mark.postgres
def test_an_entry_that_commits_after_later_ones_is_sealed_when_it_is_seen(committed_db):
    """Its id is lower than those already sealed: the chain's order is that of sealing."""
    campaign = CampaignFactory()
    book_gift(campaign=campaign)
    slow = """
import time
from django.db import transaction
from donations.ledger import accounts
from donations.ledger.posting import credit, debit, post
from core.money import Money
legs = [debit(accounts.STRIPE, Money(5)), credit(accounts.need_fund("NSLOW0001"), Money(5))]
with transaction.atomic():
    post(key="test:slow", kind="gift", memo="", legs=legs)
    time.sleep(2)
"""
    quick = """
import time
from donations.ledger import accounts
from donations.ledger.posting import credit, debit, post
from donations.models import Entry, EntrySeal
from donations.services.seals import ledger_seal
from core.money import Money
time.sleep(1)
legs = [debit(accounts.BANK, Money(5)), credit(accounts.need_fund("NQUICK001"), Money(5))]
post(key="test:quick", kind="gift", memo="", legs=legs)
assert ledger_seal() == 2, "the slow one is not there yet"
"""
    run_together([slow, quick])
    run_together(["from donations.services.seals import ledger_seal; assert ledger_seal() == 1"])

    records = list(sealed_records())
    assert chain.verify(records).intact
    assert [record["ref"] for record in records[1:]] == [
        chain.ref_of("test:quick"),
        chain.ref_of("test:slow"),
    ]
