"""Every path of money locks in the one order of `core.locks`; the recorder would tell.

On PostgreSQL alone: SQLite has one writer and no row locks in its statements.
"""

from uuid import uuid4

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import F

from core import sql
from core.locks import RANKS, WITHIN_A_GIFT
from core.money import Money
from donations.books.services.seals import ledger_seal
from donations.giving.services.collection import donation_collect, donation_expire
from donations.giving.services.gifts import gift_start
from donations.models import Donation
from donations.payouts.services.disbursements import disbursement_approve, disbursement_refuse
from donations.provider.services.refunds import refund_book
from donations.receipts.services.receipts import receipt_issue
from donations.tallies.services import tally_fold
from matching.funds.services.funds import fund_reduce, fund_top_up
from matching.funds.services.slots import slot_credit
from matching.models import MatchFund, MatchFundSlot, Need
from matching.needs.services.transitions import need_locked
from matching.registry.services.consents import consent_withdraw
from matching.states import ConsentScope, Role
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import CampaignFactory, NeedFactory, make_person
from tests.factories.payouts import officer, propose
from tests.locking import locked_by, recorded

GIFT = 10_000


@pytest.fixture
def need():
    """A published need of a campaign, with a fund of many slots and a capped one of one."""
    MatchFundFactory(slot_count=4, priority=1)
    MatchFundFactory(slot_count=1, priority=2, donor_day_cap_minor=50_000)
    return NeedFactory(published=True, target_minor=100_000, campaign=CampaignFactory())


def started(need):
    return gift_start(
        client_token=uuid4(), amount=Money(GIFT), email="a@example.org", need_code=need.code
    )


def collected(need, charge="ch_1", donation=None):
    return donation_collect(
        donation_id=(donation or started(need)).pk, charge_id=charge, method="card", fee_minor=60
    )


def in_order(step) -> set[str]:
    """Run a step; refuse a lock out of order; return every table it locked."""
    with recorded() as done:
        step()
    assert [breach for one in done for breach in one.breaches()] == []
    return {table for one in done for table in one.tables}


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_gift_is_promised_collected_and_receipted_in_order(need):
    tables = in_order(lambda: started(need))
    assert tables >= {
        "donations_donor",
        "matching_donordayuse",
        "matching_matchfundslot",
        "matching_need",
        "core_outbox",
    }
    donation = Donation.objects.get()
    tables = in_order(lambda: collected(need, donation=donation))
    assert tables >= {
        "donations_donation",
        "matching_matchreservation",
        "matching_need",
        "core_outbox",
        "donations_entry",
    }
    tables = in_order(lambda: receipt_issue(donation_id=donation.pk))
    assert tables >= {"donations_donation", "donations_receiptcounter", "core_outbox"}


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_gift_that_ends_and_one_that_comes_late_lock_in_order(need):
    donation = started(need)

    ended = in_order(lambda: donation_expire(donation_id=donation.pk))
    late = in_order(lambda: collected(need, donation=donation))

    assert ended >= {"matching_matchreservation", "matching_matchfundslot", "matching_need"}
    assert late >= {
        "donations_donation",
        "matching_matchfundslot",
        "matching_need",
        "donations_entry",
    }


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize("back", [3_333, GIFT])
def test_a_refund_locks_in_order(need, back):
    donation = collected(need)

    tables = in_order(lambda: refund_book(donation_id=donation.pk, refunded_minor=back))

    assert tables >= {
        "donations_donation",
        "matching_matchfundslot",
        "matching_need",
        "donations_entry",
    }


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_payout_and_a_refusal_lock_in_order(need):
    collected(need)
    proposer, approver = officer(), officer()
    first, second = propose(need, 3_000, proposer), propose(need, 2_000, proposer)

    paid = in_order(
        lambda: disbursement_approve(
            disbursement_id=first.pk, actor=approver, bank_reference="BANK-1"
        )
    )
    refused = in_order(
        lambda: disbursement_refuse(disbursement_id=second.pk, actor=approver, reason="错")
    )

    assert paid >= {"matching_need", "donations_disbursement", "donations_entry", "core_outbox"}
    assert refused >= {"matching_need", "donations_disbursement"}


@pytest.mark.postgres
@pytest.mark.django_db
def test_consents_and_funds_and_the_board_lock_in_order(need):
    collected(need)
    person = make_person(Role.VILLAGE_OFFICER, need.village.region)
    fund = MatchFund.objects.order_by("pk").first()

    in_order(lambda: fund_top_up(fund_id=fund.pk, amount=Money(100)))
    in_order(lambda: fund_reduce(fund_id=fund.pk, amount=Money(100)))
    board = in_order(lambda: (tally_fold(), ledger_seal()))
    withdrawn = in_order(
        lambda: consent_withdraw(
            household_id=need.household_id, scope=ConsentScope.PUBLISH_NEED, actor=person
        )
    )

    assert board >= {"donations_tallydelta", "donations_tallycounter"}
    assert withdrawn >= {"matching_household", "matching_consent", "matching_need", "core_outbox"}


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_recorder_tells_of_an_opposite_order(need):
    fund = MatchFund.objects.order_by("pk").first()

    with recorded() as done, transaction.atomic():
        Need.objects.filter(pk=need.pk).update(collected_minor=F("collected_minor"))
        slot_credit(fund_id=fund.pk, amount_minor=1)

    assert [breach for one in done for breach in one.breaches()] == [
        "matching_matchfundslot after matching_need"
    ]


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_recorder_tells_of_a_payment_without_its_gift(need):
    donation = started(need)

    with recorded() as done, transaction.atomic():
        slot_credit(fund_id=MatchFundSlot.objects.first().fund_id, amount_minor=1)
        donation.payments.update(attempt=1)

    assert [breach for one in done for breach in one.breaches()] == [
        "donations_payment without its gift"
    ]


@pytest.mark.parametrize(
    ("statement", "tables"),
    [
        ('SELECT x FROM "a" WHERE id = 1 FOR UPDATE', ["a"]),
        ("SELECT x FROM a WHERE id = 1", []),
        ('SELECT x FROM "a" INNER JOIN "b" ON 1=1 ORDER BY 1 FOR UPDATE OF "a" SKIP LOCKED', ["a"]),
        ("UPDATE a AS one\nSET x = 1 FROM b", ["a"]),
        ("WITH t AS (UPDATE a SET x = 1 RETURNING y) INSERT INTO b SELECT y FROM t", ["a"]),
        ("INSERT INTO a (x) VALUES (1) ON CONFLICT (x) DO NOTHING", ["a"]),
        ("INSERT INTO a (x) VALUES (1); INSERT INTO b VALUES (1) ON CONFLICT DO NOTHING", ["b"]),
        ("SELECT x FROM a FOR NO KEY UPDATE OF a", ["a"]),
        ("DELETE FROM a WHERE x = 1; UPDATE b SET x = 2", ["a", "b"]),
    ],
)  # fmt: skip
def test_locks_are_read_from_statements(statement, tables):
    assert locked_by(statement) == tables


def test_the_order_names_tables_that_are_there_each_once():
    there = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}

    assert set(RANKS) | set(WITHIN_A_GIFT) <= there
    assert set(RANKS) & set(WITHIN_A_GIFT) == set()


@pytest.mark.parametrize("look", [sql.for_update, lambda: need_locked(need_id=1)])
def test_a_lock_outside_a_transaction_is_refused(look, committed_db):
    with pytest.raises(transaction.TransactionManagementError, match="needs a transaction"):
        look()
