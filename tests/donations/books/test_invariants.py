"""Each rule of ``donations/sql/invariants.sql`` has teeth: a planted violation is found."""

import pytest
from django.core.management import call_command
from django.db import connection

from core.invariants import checks
from core.money import Money
from donations import chart
from donations.books.services.posting import credit, debit, post, reverse
from donations.books.services.seals import ledger_seal
from donations.models import (
    Account,
    CampaignDonor,
    Disbursement,
    Donation,
    Payment,
    Receipt,
    ReceiptCounter,
    TallyCounter,
    TallyDelta,
)
from donations.states import AccountKind, EntryKind
from donations.tallies.services import tally_fold, tally_record
from matching.models import Need
from tests.donations.booking import (
    book_gift,
    book_goods,
    book_instalment,
    book_payout,
    make_agreement,
)
from tests.donations.books.raw import insert_raw_entry
from tests.factories.donations import collect_gift
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import CampaignFactory, NeedFactory, UserFactory
from tests.invariants import assert_invariants, violations

pytestmark = pytest.mark.django_db


@pytest.fixture
def gift():
    """A gift with its match, fee and board, by the real services; all rules hold."""
    campaign = CampaignFactory()
    MatchFundFactory()
    donation = collect_gift(NeedFactory(published=True, campaign=campaign), 5_000)
    assert donation.matched_minor > 0
    tally_fold()
    ledger_seal()
    assert_invariants()
    return donation


def broken():
    """Return the numbers and first words of the rules that are broken."""
    return {line.split(": ")[0].removeprefix("donations ") for line in violations()}


def unguarded(table):
    """Take the triggers off a table, as somebody with the database's own powers could."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")


def execute(statement, parameters=()):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def test_a_gift_taken_back_by_a_reversal_leaves_the_board_in_step(gift):
    before = broken()
    entry = book_gift(campaign=gift.campaign, minor=700)
    back = reverse(entry=entry, memo="更正")
    tally_record(entry=back, campaign=gift.campaign, cash_minor=-700, gifts=-1)
    tally_fold()

    assert before == set()
    assert broken() == {"I5 gifts collected are the gifts booked, for each purpose"}


def test_an_entry_with_a_leg_missing(gift):
    unguarded("donations_entry")
    unguarded("donations_posting")
    account, _made = Account.objects.get_or_create(
        code=chart.BANK, defaults={"kind": AccountKind.ASSET}
    )

    insert_raw_entry("raw", (5, "CNY"), account_id=account.pk)

    assert {
        "I1 every entry has at least two legs",
        "I1 every entry sums to zero in each currency",
    } <= broken()


def test_a_leg_changed_in_the_database(gift):
    unguarded("donations_posting")

    execute("UPDATE donations_posting SET amount_minor = amount_minor + 1 WHERE amount_minor < 0")

    assert {
        "I1 every entry sums to zero in each currency",
        "I5 gifts collected are the gifts booked, for each purpose",
        "I7 the board is the ledger, for each campaign and township",
        "I8",
        "I12 what arrived for a need is what its account received",
    } <= broken()


def test_a_gift_booked_without_a_donation(gift):
    book_gift(campaign=gift.campaign)

    assert broken() == {"I5 gifts collected are the gifts booked, for each purpose"}


def test_a_donation_whose_amount_was_changed(gift):
    Donation.objects.update(amount_minor=5_001)

    assert {
        "I5 gifts collected are the gifts booked, for each purpose",
        "I5 a charge collects one gift and is booked under it",
    } <= broken()


def test_a_collected_gift_whose_payment_is_gone(gift):
    Payment.objects.all().delete()

    assert broken() == {"I5 every collected gift has one succeeded payment"}


def test_a_match_that_was_not_captured(gift):
    Donation.objects.update(matched_minor=gift.matched_minor + 1)

    assert broken() == {"I6 a gift's match is what its reservations captured"}


def test_a_match_booked_that_no_fund_captured(gift):
    amount = Money(5)
    post(
        key="test:match",
        kind=EntryKind.MATCH,
        memo="",
        legs=[
            debit(chart.match_fund("FNONE0001"), amount),
            credit(chart.PAIRING_FUNDS + "PNONE0001", amount),
        ],
    )

    assert "I6 match captured is match booked, for each fund" in broken()


@pytest.mark.parametrize("field", ["cash_minor", "matched_minor", "goods_minor"])
def test_a_counter_off_by_one(gift, field):
    counter = TallyCounter.objects.exclude(township_code="").get()
    TallyCounter.objects.filter(pk=counter.pk).update(**{field: getattr(counter, field) + 1})

    assert "I7 the board is the ledger, for each campaign and township" in broken()


def test_a_change_folded_twice(gift):
    TallyDelta.objects.update(folded_at=None)

    assert "I7 the board is the ledger, for each campaign and township" in broken()


def test_a_gift_counted_twice(gift):
    TallyCounter.objects.update(gifts=2)

    assert broken() == {"I7 the counters are the changes folded into them"}


def test_a_donor_counted_twice(gift):
    CampaignDonor.objects.filter(township_code="").delete()

    assert broken() == {"I7 every donor is counted once"}


@pytest.mark.parametrize(("serial", "last"), [(2, 2), (1, 2), (1, 0)])
def test_a_gap_in_receipt_numbers(gift, serial, last):
    ReceiptCounter.objects.create(year=2026, last=last)
    Receipt.objects.create(donation=gift, year=2026, serial=serial, number=f"AX2026-{serial:08d}")

    assert broken() == {"I10 receipt numbers have no gap"}


def test_a_receipt_for_money_that_did_not_arrive(gift):
    ReceiptCounter.objects.create(year=2026, last=1)
    Receipt.objects.create(donation=gift, year=2026, serial=1, number="AX2026-00000001")
    Donation.objects.update(status="failed")

    assert "I10 a receipt stands for money that arrived" in broken()


def test_more_refunded_than_captured(gift):
    Payment.objects.update(refunded_minor=5_001)

    assert broken() == {
        "I11 no more went back than came",
        "I11 refunds recorded are refunds booked, for each purpose",
    }


def test_a_need_that_counts_more_than_arrived(gift):
    need = Need.objects.get(pk=gift.need_id)
    Need.objects.filter(pk=need.pk).update(
        committed_minor=need.committed_minor + 1, collected_minor=need.collected_minor + 1
    )

    assert "I12 what arrived for a need is what its account received" in broken()


def test_a_pairing_instalment_booked_but_never_confirmed(gift):
    agreement = make_agreement()
    book_instalment(agreement=agreement)

    assert broken() == {"I12 what arrived for a pairing is what its account received"}


def test_goods_booked_but_never_confirmed(gift):
    book_goods(campaign=gift.campaign)
    tally_fold()

    assert broken() == {"I12 goods confirmed are goods booked"}


def test_more_paid_out_than_is_there(gift):
    book_payout(need=gift.need, minor=20_000)

    assert broken() == {
        "I13 no fund paid out more than it holds",
        "I13 pay-outs recorded are pay-outs booked, for each purpose",
    }


def test_an_unsealed_entry_of_yesterday_is_named(gift, capsys):
    unguarded("donations_entry")
    unguarded("donations_entryseal")
    execute("DELETE FROM donations_entryseal")
    execute("UPDATE donations_entry SET at = '2026-01-01 00:00:00+00:00'")

    with pytest.raises(SystemExit) as end:
        call_command("check")

    assert end.value.code == 1
    assert "was never sealed" in capsys.readouterr().out


def test_check_prints_a_line_for_each_rule_and_passes(gift, capsys):
    call_command("check")

    printed = capsys.readouterr().out
    assert all(check.name in printed for check in checks())
    assert "All rules hold" in printed
    assert "BROKEN" not in printed


def test_check_fails_and_names_the_rule(gift, capsys):
    TallyCounter.objects.update(gifts=2)

    with pytest.raises(SystemExit) as end:
        call_command("check")

    assert end.value.code == 1
    assert "BROKEN donations  I7 the counters are the changes folded into them" in (
        capsys.readouterr().out
    )


def test_with_options_of_its_own_djangos_check_runs_alone(gift, capsys):
    TallyCounter.objects.update(gifts=2)

    call_command("check", "donations")

    assert "BROKEN" not in capsys.readouterr().out


def test_a_payout_decided_by_its_maker(gift):
    payout = Disbursement.objects.create(
        need=gift.need,
        amount_minor=1,
        payee_kind="household",
        payee="x",
        note="x",
        proposed_by=UserFactory(),
    )
    if connection.vendor == "postgresql":
        execute("SET CONSTRAINTS ALL IMMEDIATE")
        for rule in ("two_people", "decided_together", "decided_on_record"):
            execute(f"ALTER TABLE donations_disbursement DROP CONSTRAINT disbursement_{rule}")
    else:
        execute("PRAGMA ignore_check_constraints = ON")
    Disbursement.objects.filter(pk=payout.pk).update(decided_by=payout.proposed_by)
    if connection.vendor == "sqlite":
        execute("PRAGMA ignore_check_constraints = OFF")

    assert broken() == {"I14 nobody checks what they made"}
