"""One fact told by several processes at once is booked once."""

from donations.models import Account, Entry, Posting
from tests.donations.processes import run_together

BOOK = """
from core.money import Money
from donations.ledger import accounts
from donations.ledger.posting import credit, debit, post
ids = set()
for number in range(20):
    legs = [
        debit(accounts.STRIPE, Money(5)),
        credit(accounts.need_fund(f"NRACE{number:04d}"), Money(5)),
    ]
    ids.add(post(key=f"test:race:{number}", kind="gift", memo="", legs=legs).pk)
assert len(ids) == 20
"""


def test_a_key_booked_by_four_processes_at_once_is_one_entry(committed_db):
    run_together([BOOK] * 4)

    assert Entry.objects.count() == 20
    assert Posting.objects.count() == 40
    assert Account.objects.count() == 21
