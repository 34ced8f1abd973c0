"""Report pages and files: the same figures everywhere, in both languages."""

import csv
import io
import json
import sys
from datetime import timedelta

import pytest
import time_machine
from pypdf import PdfReader

from core import clock
from donations.books.services.seals import ledger_seal
from donations.models import PublishedReport
from donations.reports.data import digest
from donations.reports.services import reports_build_due
from tests.donations.booking import (
    TOWN,
    book_fee,
    book_gift,
    book_goods,
    book_instalment,
    book_match,
    book_payout,
    make_agreement,
)
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import CampaignFactory, NeedFactory

pytestmark = pytest.mark.django_db

MONTH = "/transparency/monthly/2026-10/"


@pytest.fixture
def published():
    """October with a little of everything, published in November; and the campaign's report."""
    with time_machine.travel("2026-10-17 04:00Z", tick=False):
        campaign = CampaignFactory(slug="poverty-day", name="扶贫日", name_en="Poverty Day")
        need = NeedFactory(published=True, campaign=campaign)
        MatchFundFactory(code="FTEST0001", name="=甲基金", name_en="Fund A")
        both = {"campaign": campaign, "need": need, "township_code": TOWN}
        book_gift(**both, minor=123_456)
        book_match(**both, minor=20_000)
        book_fee(campaign=campaign, need=need)
        book_goods(campaign=campaign, minor=44_000, township_code=TOWN)
        book_instalment(agreement=make_agreement(), minor=250_000)
        book_payout(campaign=campaign, need=need, minor=60_000)
        ledger_seal()
    with time_machine.travel("2026-11-02 04:00Z", tick=False):
        reports_build_due()
    return campaign


def test_the_month_is_shown_with_each_kind_of_money_apart(client, published):
    response = client.get(MONTH)
    page = response.content.decode()

    assert response.status_code == 200
    assert "月度报告：2026 年 10 月" in page
    assert [(stat["label"], stat["figure"]) for stat in response.context["stats"]] == [
        ("捐款到账", "¥1,234.56"),
        ("配捐到账", "¥200"),
        ("已拨付", "¥600"),
        ("支付手续费", "¥0.06"),
        ("物资（估值）", "¥440"),
    ]
    assert [stat["figure"] for stat in response.context["pairings"]] == ["¥1,000", "¥2,500", "¥0"]
    assert "泼机镇" in page


def test_the_campaign_is_shown_in_english(client, published):
    response = client.get("/en/transparency/campaign/poverty-day/")

    assert response.status_code == 200
    assert "Poverty Day" in response.content.decode()
    assert "Poji Town" in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/transparency/monthly/2026-09/",
        "/transparency/yearly/2026/",
        "/transparency/monthly/2026-10/?version=9",
        "/transparency/monthly/2026-10/?version=x",
        "/transparency/monthly/2026-09.pdf",
        "/transparency/monthly/2026-10.csv?version=99999999999",
    ],
)
def test_a_report_that_is_not_there_is_404(client, published, path):
    assert client.get(path).status_code == 404


def test_an_older_version_says_so_and_leads_to_the_newest(client, published):
    book_gift(campaign=published, minor=1, booked_on="2026-10-30")
    with time_machine.travel("2026-11-03 04:00Z", tick=False):
        reports_build_due()

    newest, old = client.get(MONTH), client.get(MONTH, {"version": 1})

    assert newest.context["stats"][0]["figure"] == "¥1,234.57"
    assert newest.context["note"] == "上一版之后账本有新的分录或更正，数字随之更新。"
    assert old.context["stats"][0]["figure"] == "¥1,234.56"
    assert "这不是最新一版。" in old.content.decode()
    assert "这不是最新一版。" not in newest.content.decode()


def test_the_json_file_vouches_for_its_data(client, published):
    response = client.get("/transparency/monthly/2026-10.json")

    answer = json.loads(response.content)
    assert answer["sha256"] == digest(answer["data"])
    assert answer["data"]["headline"]["cash_minor"] == 123_456
    assert 'filename="aixin-monthly-2026-10-v1.json"' in response["Content-Disposition"]


def test_the_csv_file_has_a_figure_a_line_and_no_formula(client, published):
    response = client.get("/transparency/monthly/2026-10.csv")

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert ["headline", "", "", "", "cash", "1234.56"] in rows
    assert ["match", "FTEST0001", "'=甲基金", "Fund A", "matched", "200.00"] in rows
    assert ["by_township", TOWN, "泼机镇", "Poji Town", "goods", "440.00"] in rows
    assert {len(row) for row in rows} == {6}


@pytest.mark.documents
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/transparency/monthly/2026-10.pdf", ["月度报告", "泼机镇", "¥1,234.56"]),
        ("/en/transparency/campaign/poverty-day.pdf", ["Poverty Day", "Poji Town", "¥1,234.56"]),
    ],
)
def test_the_pdf_file_reads_in_its_language(client, published, address, words):
    response = client.get(address)

    assert response["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(response.content))
    text = "".join(page.extract_text() for page in reader.pages).replace("\n", "")
    for word in words:
        assert word in text
    fonts = {
        font.get_object()["/BaseFont"]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert not {name for name in fonts if "JP" in name}


@pytest.mark.documents
def test_the_pdf_is_made_once(client, published, django_assert_max_num_queries):
    first = client.get("/transparency/monthly/2026-10.pdf").content
    with django_assert_max_num_queries(2):
        assert client.get("/transparency/monthly/2026-10.pdf").content == first


def test_without_pango_the_file_leads_to_the_page(client, published, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    answer = client.get("/transparency/monthly/2026-10.pdf")

    assert answer.status_code == 503
    assert 'href="/transparency/monthly/2026-10/?version=1"' in answer.content.decode()


def test_nothing_is_published_of_a_month_in_progress(client):
    with time_machine.travel(clock.now() - timedelta(minutes=1)):
        book_gift(campaign=CampaignFactory())
        reports_build_due()

    assert not PublishedReport.objects.filter(kind="monthly").exists()
