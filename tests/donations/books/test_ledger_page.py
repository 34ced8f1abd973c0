"""The public ledger: filter, pages, files, and nobody in it."""

import csv
import io
import json

import pytest

from donations.books import chain
from donations.books.selectors import ledger as selector
from donations.books.services.seals import ledger_seal
from tests.donations.booking import (
    TOWN,
    book_fee,
    book_gift,
    book_instalment,
    book_match,
    make_agreement,
    make_donor,
)
from tests.factories.donations import collect_gift
from tests.factories.matching import CampaignFactory, NeedFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return CampaignFactory(slug="poverty-day", name="扶贫日", name_en="Poverty Day")


@pytest.fixture
def booked(campaign):
    need = NeedFactory(published=True, campaign=campaign, code="NTEST0001")
    return [
        book_gift(campaign=campaign, need=need, minor=1000, booked_on="2026-10-17"),
        book_match(campaign=campaign, need=need, minor=500, booked_on="2026-10-17"),
        book_fee(campaign=campaign, need=need, minor=6, booked_on="2026-11-01"),
        book_gift(campaign=campaign, minor=7700, township_code=TOWN, booked_on="2026-11-02"),
        book_instalment(agreement=make_agreement(code="PTEST0001"), booked_on="2026-11-03"),
    ]


def page(client, **query):
    return client.get("/ledger/", query)


def rows(response):
    return [
        [cell if isinstance(cell, str) else cell["text"] for cell in row]
        for row in response.context["rows"]
    ]


def test_the_newest_entry_stands_first_in_plain_words(client, booked):
    ledger_seal()

    response = page(client)

    assert response.status_code == 200
    assert [row[:7] for row in rows(response)][:2] == [
        ["5", "2026-11-03", "结对款到账", "PTEST0001", "银行账户", "结对专款 PTEST0001", "¥10"],
        ["4", "2026-11-02", "捐赠到账", "扶贫日", "在线支付账户", "活动专款 poverty-day", "¥77"],
    ]
    assert [len(row[7]) for row in rows(response)] == [12] * 5


def test_the_page_is_there_in_english(client, booked):
    response = client.get("/en/ledger/")

    assert response.status_code == 200
    assert rows(response)[1][3] == "Poverty Day"


def test_an_entry_not_sealed_yet_says_so(client, booked):
    assert rows(page(client))[0][0] == "—"
    assert rows(page(client))[0][7] == "待封存"


@pytest.mark.parametrize(
    ("query", "amounts"),
    [
        ({"kind": "gift"}, ["¥77", "¥10"]),
        ({"need": " ntest0001"}, ["¥0.06", "¥5", "¥10"]),
        ({"month": "2026-10"}, ["¥5", "¥10"]),
        ({"campaign": "poverty-day", "kind": "fee"}, ["¥0.06"]),
        ({"need": "NOBODY"}, []),
    ],
)
def test_the_filter_chooses(client, booked, query, amounts):
    response = page(client, **query)

    assert response.status_code == 200
    assert [row[6] for row in rows(response)] == amounts


def test_totals_follow_the_filter_and_kinds_are_not_added(client, booked):
    response = page(client, campaign="poverty-day")

    assert response.context["totals"] == [
        ["捐赠到账", "2", "¥87"],
        ["配捐到账", "1", "¥5"],
        ["支付手续费", "1", "¥0.06"],
    ]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"month": "10月"}, "月份请写成 2026-10 的样子。"),
        ({"month": "2026-13"}, "月份请写成 2026-10 的样子。"),
        ({"campaign": "nobody"}, "没有这个活动，请从列表中选择。"),
        ({"kind": "gold"}, "gold"),
        ({"before": "x"}, "整数"),
        ({"need": "N" * 13}, "12"),
        ({"before": "9" * 40}, "4611686018427387904"),
    ],
)
def test_a_field_that_cannot_be_read_is_told_and_left_open(client, booked, query, sentence):
    response = page(client, **query)

    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert len(rows(response)) == 5


def test_pages_lead_back_and_forth_without_loss(client, campaign, monkeypatch):
    monkeypatch.setattr(selector, "PAGE", 3)
    for number in range(8):
        book_gift(campaign=campaign, minor=100 * (number + 1))

    seen, response = [], page(client)
    seen.append([row[6] for row in rows(response)])
    assert response.context["newer_url"] == ""
    while older := response.context["older_url"]:
        response = client.get(older)
        seen.append([row[6] for row in rows(response)])
    assert seen == [["¥8", "¥7", "¥6"], ["¥5", "¥4", "¥3"], ["¥2", "¥1"]]

    response = client.get(response.context["newer_url"])
    assert [row[6] for row in rows(response)] == ["¥5", "¥4", "¥3"]
    response = client.get(response.context["newer_url"])
    assert [row[6] for row in rows(response)] == ["¥8", "¥7", "¥6"]
    assert response.context["newer_url"] == ""


def test_a_page_costs_a_fixed_number_of_queries(client, booked, django_assert_max_num_queries):
    page(client)
    for _number in range(20):
        book_gift(campaign=booked[0].campaign)
    with django_assert_max_num_queries(8):
        page(client)


def test_a_need_the_public_may_not_see_is_named_without_a_link(client, campaign):
    need = NeedFactory(verified=True, campaign=campaign)
    book_gift(campaign=campaign, need=need)

    assert page(client).context["rows"][0][3] == need.code


def test_an_empty_ledger_says_what_will_come(client):
    assert "账本还是空的" in page(client).content.decode()


def table(response):
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


def test_the_table_holds_every_leg_of_the_filter(client, booked):
    ledger_seal()

    response = client.get("/ledger/export.csv", {"month": "2026-11", "kind": "gift"})

    assert response["Content-Disposition"] == 'attachment; filename="aixin-ledger.csv"'
    head, *lines = table(response)
    assert head[:4] == ["sequence", "booked_on", "kind", "campaign"]
    assert [line[:10] for line in lines] == [
        ["4", "2026-11-02", "gift", "poverty-day", "", "", TOWN, account, amount, "CNY"]
        for account, amount in (
            ("assets:stripe", "77.00"),
            ("funds:campaign:poverty-day", "-77.00"),
        )
    ]


def test_a_bad_filter_gives_no_table(client):
    assert client.get("/ledger/export.csv", {"month": "x"}).status_code == 400


def test_the_exported_ledger_verifies(client, booked):
    ledger_seal()

    response = client.get("/ledger/export.jsonl")

    lines = b"".join(response.streaming_content).decode().splitlines()
    verdict = chain.verify(json.loads(line) for line in lines)
    assert (verdict.fault, verdict.lines) == ("", 5)


def test_nobody_who_gave_or_received_is_in_it(client):
    campaign = CampaignFactory()
    need = NeedFactory(published=True, campaign=campaign)
    donation = collect_gift(
        need, 5_000, email="zhang@example.org", display_name="张小明", message="给孩子"
    )
    ledger_seal()

    shown = page(client).content + b"".join(client.get("/ledger/export.csv").streaming_content)
    shown += b"".join(client.get("/ledger/export.jsonl").streaming_content)

    for secret in (
        donation.code,
        "zhang@",
        "张小明",
        "给孩子",
        need.household.code,
        need.household.identity.head_name,
        f"ch_{donation.code}",
    ):
        assert secret not in shown.decode()
    assert make_donor().email not in shown.decode()
