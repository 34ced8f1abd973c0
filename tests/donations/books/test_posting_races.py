"""One fact told by several processes at once is booked once."""

from django.conf import settings

from donations.models import Account, Entry, Posting
from tests.databases import url
from tests.races.harness import run_together


def test_a_key_booked_by_eight_processes_at_once_is_one_entry(committed_db):
    booked = run_together(
        "tests.donations.race_work:book_same",
        processes=8,
        database_url=url(),
        var_dir=settings.VAR_DIR,
    )

    assert all(ids == booked[0] for ids in booked)
    assert Entry.objects.count() == 20
    assert Posting.objects.count() == 40
    assert Account.objects.count() == 21
