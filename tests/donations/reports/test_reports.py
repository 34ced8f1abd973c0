"""Transparency reports: numbers equal to SQL over the ledger, versions only where data changed."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection

from core import clock
from donations.books.services.posting import reverse
from donations.books.services.seals import ledger_seal
from donations.models import PublishedReport
from donations.reports.data import campaign_report, digest, monthly_report
from donations.reports.selectors import published_reports, report_version
from donations.reports.services import CORRECTED, GOES_ON, reports_build_due
from tests.donations.booking import (
    OTHER_TOWN,
    TOWN,
    book_fee,
    book_gift,
    book_goods,
    book_instalment,
    book_match,
    book_payout,
    book_refund,
    make_agreement,
)
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import CampaignFactory, NeedFactory, make_tree

pytestmark = pytest.mark.django_db

SEPTEMBER, OCTOBER = date(2026, 9, 30), date(2026, 10, 17)


@pytest.fixture
def books():
    """September: a gift. October: gift, match, fee, refund, goods, pairing, pay-out."""
    make_tree()
    with time_machine.travel("2026-10-17 04:00Z", tick=False):
        campaign = CampaignFactory(slug="poverty-day", name="扶贫日", name_en="Poverty Day")
        need = NeedFactory(published=True, campaign=campaign, target_minor=10_000_000)
        fund = MatchFundFactory(code="FTEST0001", name="甲基金", name_en="Fund A")
        agreement = make_agreement(promised_minor=900_000)
    both = {"campaign": campaign, "need": need, "township_code": TOWN}
    book_gift(**both, minor=100_000, booked_on=SEPTEMBER)
    book_gift(**both, minor=30_000, booked_on=OCTOBER)
    book_gift(campaign=campaign, minor=7_000, township_code=OTHER_TOWN, booked_on=OCTOBER)
    wrong = book_gift(**both, minor=999, booked_on=OCTOBER)
    reverse(entry=wrong, memo="更正")  # booked today, see the fixture of time
    book_match(**both, minor=20_000, fund=fund.code, booked_on=OCTOBER)
    book_fee(campaign=campaign, need=need, minor=180, booked_on=OCTOBER)
    book_refund(**both, minor=5_000, booked_on=OCTOBER)
    book_goods(campaign=campaign, minor=44_000, township_code=TOWN, booked_on=OCTOBER)
    book_instalment(agreement=agreement, minor=250_000, booked_on=OCTOBER)
    book_payout(campaign=campaign, need=need, minor=60_000, township_code=TOWN, booked_on=OCTOBER)
    ledger_seal()
    return campaign


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel("2026-10-20 04:00Z", tick=False):
        yield


def test_a_month_adds_up_what_was_booked_in_it(books):
    report = monthly_report("2026-10")

    assert report.headline == {
        "cash_minor": 32_000,
        "matched_minor": 20_000,
        "instalments_minor": 250_000,
        "paid_out_minor": 60_000,
        "fees_minor": 180,
        "gifts": 0,
        "donors": 0,
        "needs_paid_out": 1,
        "deliveries": 0,
    }
    assert {row["kind"]: row["amount_minor"] for row in report.money_in} == {
        "gift": 37_000,
        "match": 20_000,
        "fee": -180,
        "refund": -5_000,
        "instalment": 250_000,
        "disbursement": -60_000,
    }
    assert report.goods_minor == 44_000
    assert report.pairings == {
        "agreements": 1,
        "promised_minor": 900_000,
        "arrived_minor": 250_000,
        "spent_minor": 0,
    }


def test_match_is_told_by_fund_and_sponsor(books):
    (row,) = monthly_report("2026-10").match

    assert (row["fund"], row["name"], row["matched_minor"], row["reversed_minor"]) == (
        "FTEST0001",
        {"zh-hans": "甲基金", "en": "Fund A"},
        20_000,
        0,
    )


def test_townships_and_categories_keep_cash_match_goods_and_payouts_apart(books):
    report = monthly_report("2026-10")

    places = {row["township"]: row for row in report.by_township}
    assert places[TOWN]["name"] == {"zh-hans": "泼机镇", "en": "Poji Town"}
    assert {
        town: (row["cash_minor"], row["matched_minor"], row["goods_minor"], row["paid_out_minor"])
        for town, row in places.items()
    } == {
        TOWN: (25_000, 20_000, 44_000, 60_000),
        OTHER_TOWN: (7_000, 0, 0, 0),
    }
    assert {
        row["category"]: (row["cash_minor"], row["paid_out_minor"]) for row in report.by_category
    } == {"education": (25_000, 60_000), "": (7_000, 0)}


def test_balances_go_on_from_the_month_before(books):
    balances = {row["account"]: row for row in monthly_report("2026-10").balances}

    assert balances["funds:need"] == {
        "account": "funds:need",
        "opening_minor": 100_000,
        "in_minor": 50_999,
        "out_minor": 65_999,
        "closing_minor": 85_000,
    }
    september = {row["account"]: row for row in monthly_report("2026-09").balances}
    assert september["funds:need"]["closing_minor"] == 100_000
    assert september["assets:stripe"]["closing_minor"] == balances["assets:stripe"]["opening_minor"]


def test_every_balance_is_the_sum_that_sql_gives(books):
    """An independent statement over the raw tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT CASE WHEN a.code LIKE 'funds:need:%' THEN 'funds:need' ELSE a.code END AS name,"
            " SUM(p.amount_minor) FROM donations_posting p"
            " JOIN donations_account a ON a.id = p.account_id"
            " JOIN donations_entry e ON e.id = p.entry_id WHERE e.booked_on < '2026-11-01'"
            " GROUP BY name"
        )
        by_sql = {name: abs(int(total)) for name, total in cursor.fetchall()}

    told = {row["account"]: row for row in monthly_report("2026-10").balances}
    assert {name: abs(row["closing_minor"]) for name, row in told.items()} == by_sql
    assert all(
        row["opening_minor"] + row["in_minor"] - row["out_minor"] == row["closing_minor"]
        for row in told.values()
    )


def test_a_campaign_covers_all_its_months_and_nothing_else(books):
    report = campaign_report(books)

    assert report.headline["cash_minor"] == 132_000
    assert report.headline["instalments_minor"] == 0
    assert report.title == {"zh-hans": "扶贫日", "en": "Poverty Day"}
    assert report.ledger["entries"] == 10


def test_an_entry_not_sealed_yet_is_not_in_a_report(books):
    book_gift(campaign=books, minor=1, booked_on=OCTOBER)

    assert monthly_report("2026-10").headline["cash_minor"] == 32_000


def test_the_same_ledger_gives_the_same_bytes(books):
    first, second = monthly_report("2026-10"), monthly_report("2026-10")

    assert digest(first.as_json()) == digest(second.as_json())


def test_months_that_ended_and_campaigns_are_published(books):
    reports_build_due()

    assert sorted(PublishedReport.objects.values_list("kind", "subject", "version")) == [
        ("campaign", "poverty-day", 1),
        ("monthly", "2026-09", 1),
    ]
    assert {report.note for report in PublishedReport.objects.all()} == {""}


def test_building_again_makes_no_version(books):
    reports_build_due()

    assert reports_build_due() == []
    assert PublishedReport.objects.count() == 2


def test_a_month_corrected_later_gets_a_version_with_a_note(books):
    reports_build_due()
    book_gift(campaign=books, minor=5, booked_on=SEPTEMBER)

    reports_build_due()

    second = report_version("monthly", "2026-09")
    assert (second.version, second.note) == (2, CORRECTED)
    assert second.data["headline"]["cash_minor"] == 100_005
    assert report_version("monthly", "2026-09", 1).data["headline"]["cash_minor"] == 100_000


def test_an_active_campaign_is_built_at_most_daily_and_an_ended_one_when_it_changed(books):
    reports_build_due()
    book_gift(campaign=books, minor=5)
    assert reports_build_due() == []

    with time_machine.travel(clock.now() + timedelta(days=1, minutes=1), tick=False):
        (second,) = reports_build_due()
        assert (second.version, second.note) == (2, GOES_ON)
        assert reports_build_due() == []

    with time_machine.travel(books.ends_at + timedelta(hours=1), tick=False):
        book_payout(campaign=books, need=NeedFactory(), minor=1)
        newest = {report.subject: report for report in reports_build_due()}
        assert newest["poverty-day"].note == CORRECTED


def test_the_index_lists_the_newest_version_of_each(books):
    reports_build_due()
    book_gift(campaign=books, minor=5, booked_on=SEPTEMBER)
    reports_build_due()

    assert sorted(published_reports().values_list("subject", "version")) == [
        ("2026-09", 2),
        ("poverty-day", 1),
    ]
    assert [report.subject for report in published_reports("monthly", limit=3)] == ["2026-09"]


def test_a_report_holds_no_person(books):
    reports_build_due()

    text = str([report.data for report in PublishedReport.objects.all()])
    assert "example.org" not in text
    assert "张某某" not in text
