"""Receipts: numbers without gaps, full to their holder, public in part, mailed once."""

import io
import sys

import pytest
from pypdf import PdfReader

from donations.books.services.seals import ledger_seal
from donations.models import Receipt
from donations.receipts.services.documents import receipt_pdf
from donations.receipts.services.receipt_mail import receipt_mail
from donations.receipts.services.receipts import receipt_issue
from donations.states import DonationStatus
from tests.factories.donations import collect_gift, start_gift
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import CampaignFactory, NeedFactory

pytestmark = pytest.mark.django_db
NAME = "捐赠人小王"


@pytest.fixture
def need(db):
    return NeedFactory(published=True, campaign=CampaignFactory())


@pytest.fixture
def receipt(need):
    MatchFundFactory()
    return receipt_issue(donation_id=collect_gift(need, 8_850, display_name=NAME).pk)


def held_url(receipt, prefix=""):
    return f"{prefix}/receipts/{receipt.number}/?t={receipt.verification_code}"


def test_numbers_follow_each_other(need):
    gifts = [collect_gift(need, 1_000) for _ in range(3)]

    receipts = [receipt_issue(donation_id=gift.pk) for gift in gifts]

    assert [receipt.serial for receipt in receipts] == [1, 2, 3]
    assert receipts[0].number == f"AX{receipts[0].year}-00000001"


def test_each_year_counts_from_one(need, time_machine):
    time_machine.move_to("2026-12-31T15:59:00Z")
    last = receipt_issue(donation_id=collect_gift(CampaignFactory()).pk)
    time_machine.move_to("2026-12-31T16:01:00Z")  # already 2027 in Beijing
    first = receipt_issue(donation_id=collect_gift(CampaignFactory()).pk)

    assert (last.number, first.number) == ("AX2026-00000001", "AX2027-00000001")


def test_a_gift_has_one_receipt(receipt):
    assert receipt_issue(donation_id=receipt.donation_id) == receipt
    assert Receipt.objects.count() == 1


def test_a_gift_that_has_not_arrived_has_none(need):
    assert receipt_issue(donation_id=start_gift(need).pk) is None


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_holder_sees_it_in_full(client, receipt, prefix):
    page = client.get(held_url(receipt, prefix))

    text = page.content.decode()
    assert page.status_code == 200
    for told in [receipt.number, NAME, "¥88.50", "捌拾捌元伍角整", "<svg"]:
        assert told in text
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize("token", ["", "?t=", "?t=00000000000000000000"])
@pytest.mark.parametrize("ending", ["/", ".pdf"])
def test_without_its_code_there_is_none(client, receipt, token, ending):
    assert client.get(f"/receipts/{receipt.number}{ending}{token}").status_code == 404


def test_the_code_of_another_receipt_opens_nothing(client, receipt, need):
    other = receipt_issue(donation_id=collect_gift(need, 1_000).pk)

    url = f"/receipts/{receipt.number}/?t={other.verification_code}"

    assert client.get(url).status_code == 404


def test_an_anonymous_giver_stays_so(client, need):
    gift = collect_gift(need, display_name=NAME, is_anonymous=True)
    receipt = receipt_issue(donation_id=gift.pk)

    assert NAME not in client.get(held_url(receipt)).content.decode()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_anybody_can_check_it_without_seeing_who_gave(client, receipt, prefix):
    ledger_seal()
    for url in [
        f"{prefix}/verify/{receipt.verification_code}/",
        f"{prefix}/verify/?q={receipt.verification_code.lower()}",
        f"{prefix}/verify/?q={receipt.number}",
    ]:
        text = client.get(url).content.decode()

        for told in [receipt.number, "¥88.50", receipt.donation.need.code]:
            assert told in text
        assert NAME not in text
        assert "example.org" not in text


def test_a_number_does_not_give_the_code_away(client, receipt):
    text = client.get(f"/verify/?q={receipt.number}").content.decode()

    assert receipt.verification_code not in text


def test_the_seal_is_shown_once_there_is_one(client, receipt):
    url = f"/verify/{receipt.verification_code}/"
    assert "<code>" not in client.get(url).content.decode()

    ledger_seal()

    assert "<code>" in client.get(url).content.decode()


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("asked", ["AX2026-99999999", "<script>", "'; --", "字" * 60])
def test_an_unknown_number_is_said(client, prefix, asked):
    answer = client.get(f"{prefix}/verify/", {"q": asked})

    assert answer.status_code == 404
    assert "<script>" not in answer.content.decode().split("<main")[1].split("</main")[0]


def test_an_empty_check_shows_the_form(client):
    assert client.get("/verify/").status_code == 200


def test_a_refunded_gift_voids_its_receipt(client, receipt):
    donation = receipt.donation
    donation.status = DonationStatus.REFUNDED
    donation.save()

    assert "不再有效" in client.get(held_url(receipt)).content.decode()
    assert "不再有效" in client.get(f"/verify/{receipt.verification_code}/").content.decode()


@pytest.fixture
def no_pango(monkeypatch):
    """Take away what PDFs are made with, as on a machine where it is not installed."""
    monkeypatch.setitem(sys.modules, "weasyprint", None)


@pytest.mark.documents
def test_it_is_mailed_once_with_its_pdf(receipt, mailoutbox):
    assert receipt_mail(receipt_id=receipt.pk)
    assert not receipt_mail(receipt_id=receipt.pk)

    (mail,) = mailoutbox
    assert receipt.number in mail.subject
    assert held_url(receipt) in mail.body
    assert "¥88.50" in mail.body
    assert mail.extra_headers["Message-ID"] == f"<receipt-{receipt.number}@example.org>"
    name, content, kind = mail.attachments[0]
    assert (name, kind) == (f"{receipt.number}.pdf", "application/pdf")
    assert content.startswith(b"%PDF-")


def test_without_pango_it_is_mailed_all_the_same(receipt, mailoutbox, no_pango):
    assert receipt_mail(receipt_id=receipt.pk)

    (mail,) = mailoutbox
    assert held_url(receipt) in mail.body
    assert mail.attachments == []
    assert "附件" not in mail.body


@pytest.mark.parametrize(
    ("prefix", "words"), [("", "这里暂时不能生成 PDF"), ("/en", "No PDF can be made here")]
)
def test_without_pango_its_file_leads_to_its_page(client, receipt, no_pango, prefix, words):
    page = f"/receipts/{receipt.number}/?t={receipt.verification_code}"

    answer = client.get(prefix + page.replace("/?", ".pdf?"))

    assert answer.status_code == 503
    assert words in answer.content.decode()
    assert f'href="{prefix}{page}"' in answer.content.decode()
    assert client.get(prefix + page).status_code == 200


def test_a_giver_of_the_english_page_is_written_to_in_english(need, mailoutbox):
    receipt = receipt_issue(donation_id=collect_gift(need, language="en").pk)

    receipt_mail(receipt_id=receipt.pk)

    (mail,) = mailoutbox
    assert "/en/receipts/" in mail.body
    assert "A desk for a child at school" in mail.body


def test_a_mail_that_cannot_be_sent_is_sent_later(receipt, mailoutbox, settings):
    settings.EMAIL_BACKEND = "tests.donations.receipts.refusing_mail.EmailBackend"
    with pytest.raises(ConnectionError):
        receipt_mail(receipt_id=receipt.pk)
    receipt.refresh_from_db()
    assert receipt.mailed_at is None

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert receipt_mail(receipt_id=receipt.pk)


@pytest.mark.documents
def test_the_pdf_is_one_page_of_text_that_can_be_read_aloud(receipt):
    ledger_seal()

    reader = PdfReader(io.BytesIO(receipt_pdf(receipt=receipt, language="zh-hans")))

    text = "".join(reader.pages[0].extract_text().split())
    assert len(reader.pages) == 1
    for told in [receipt.number, "捌拾捌元伍角整", "¥88.50", NAME, receipt.verification_code]:
        assert told in text
    assert reader.trailer["/Root"]["/Lang"] == "zh-Hans"
    assert "/StructTreeRoot" in reader.trailer["/Root"]


@pytest.mark.documents
def test_a_long_receipt_still_fits_one_page(need):
    need.title = need.title_en = "字" * 60
    need.save()
    receipt = receipt_issue(donation_id=collect_gift(need, display_name="宽" * 30).pk)

    reader = PdfReader(io.BytesIO(receipt_pdf(receipt=receipt, language="zh-hans")))

    assert len(reader.pages) == 1


@pytest.mark.documents
def test_the_pdf_is_given_to_the_holder(client, receipt):
    url = held_url(receipt).replace("/?", ".pdf?")

    answer = client.get(url)

    assert answer["Content-Type"] == "application/pdf"
    assert receipt.number in answer["Content-Disposition"]
