"""A gift's own page: true in every state, and of use to its giver alone."""

import pytest

from donations.giving.services.collection import donation_expire, donation_fail
from donations.models import Payment
from donations.provider.services.payments import gift_checkout
from donations.provider.services.synchronising import payment_sync
from donations.receipts.services.receipts import receipt_issue
from donations.states import DonationStatus
from matching.funds.services.reservations import match_release
from tests.factories.donations import collect_gift, start_gift
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import NeedFactory

pytestmark = pytest.mark.django_db
BACK = "https://aixin.example.org/back/"


def page(donation, prefix="", tail=""):
    purpose = donation.need.code if donation.need_id else donation.campaign.slug
    return f"{prefix}/give/{purpose}/gift/{donation.code}/{tail}"


def waiting_gift(need):
    donation = start_gift(need)
    gift_checkout(donation_id=donation.pk, return_url=BACK, cancel_url=BACK)
    return donation


def test_arriving_there_proves_nothing(client, fake, need):
    donation = waiting_gift(need)

    text = client.get(page(donation)).content.decode()

    donation.refresh_from_db()
    assert donation.status == DonationStatus.PENDING
    assert "data-status-url" in text
    assert '<meta http-equiv="refresh"' in text


def test_coming_back_without_paying_offers_to_go_on_or_stop(client, fake, need):
    donation = waiting_gift(need)

    text = client.get(page(donation, tail="?back=1")).content.decode()

    assert "没有扣款" in text
    assert page(donation, tail="pay/") in text
    assert page(donation, tail="cancel/") in text
    assert "data-status-url" not in text


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("end", [donation_expire, donation_fail])
def test_a_gift_that_came_to_nothing_says_that_nothing_was_taken(client, need, prefix, end):
    donation = start_gift(need)
    end(donation_id=donation.pk, cause="test")

    answer = client.get(page(donation, prefix))

    assert answer.status_code == 200
    assert f"{prefix}/give/{need.code}/?amount=5000" in answer.content.decode()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_collected_gift_shows_match_receipt_and_what_comes_next(client, need, prefix):
    MatchFundFactory()
    donation = collect_gift(need)
    assert "data-status-url" in client.get(page(donation, prefix)).content.decode()
    receipt = receipt_issue(donation_id=donation.pk)

    text = client.get(page(donation, prefix)).content.decode()

    assert "¥100" in text
    assert f"{prefix}/receipts/{receipt.number}/?t={receipt.verification_code}" in text
    assert "data-status-url" not in text
    assert 'class="timeline"' in text


def test_a_lost_match_is_told(client, fake, need):
    MatchFundFactory(authorised_minor=5_000)
    donation = waiting_gift(need)
    donation_expire(donation_id=donation.pk)
    collect_gift(need, 5_000, email="other@example.org")
    payment = donation.payments.get()
    fake.pay(payment.session_id)
    payment_sync(provider="stripe", object_id=payment.session_id)

    text = client.get(page(donation)).content.decode()

    assert "¥50 已用于别人的捐赠" in text


def test_going_on_leads_to_the_same_page(client, fake, need):
    donation = waiting_gift(need)

    answer = client.post(page(donation, tail="pay/"))

    assert answer.status_code == 303
    assert answer["Location"] == donation.payments.get().session_url


def test_a_new_attempt_follows_a_page_that_ran_out(client, fake, need):
    donation = waiting_gift(need)
    Payment.objects.update(expires_at="2026-01-01T00:00:00Z")

    client.post(page(donation, tail="pay/"))

    assert list(donation.payments.order_by("attempt").values_list("attempt", flat=True)) == [1, 2]
    assert len(fake.sessions) == 2


def test_a_match_lost_before_paying_is_asked_about_and_waived_on_record(client, fake, need):
    MatchFundFactory(authorised_minor=5_000)
    donation = start_gift(need)
    match_release(reference=donation.code)
    start_gift(need, 5_000, email="other@example.org")

    asked = client.post(page(donation, tail="pay/"))
    assert asked.status_code == 409
    assert fake.sessions == {}
    going_on = client.post(page(donation, tail="pay/"), {"waive": "1"})

    donation.refresh_from_db()
    assert going_on.status_code == 303
    assert donation.match_waived_at is not None


def test_cancelling_gives_the_gift_up(client, fake, need):
    donation = waiting_gift(need)

    answer = client.post(page(donation, tail="cancel/"))

    donation.refresh_from_db()
    need.refresh_from_db()
    assert answer["Location"] == page(donation)
    assert donation.status == DonationStatus.EXPIRED
    assert need.committed_minor == 0


def test_paying_a_gift_that_is_over_is_refused_in_words(client, fake, need):
    donation = collect_gift(need)

    answer = client.post(page(donation, tail="pay/"), follow=True)

    assert answer.status_code == 200
    assert "不再等待付款" in answer.content.decode()


def test_when_the_provider_is_away_cancelling_says_so(client, fake, need):
    donation = waiting_gift(need)
    fake.fail_next()

    answer = client.post(page(donation, tail="cancel/"), follow=True)

    donation.refresh_from_db()
    assert "no answer" in answer.content.decode()
    assert donation.status == DonationStatus.PENDING


@pytest.mark.parametrize("tail", ["", "status.json"])
def test_a_gift_is_found_only_under_its_own_purpose(client, need, tail):
    donation = start_gift(need)
    other = NeedFactory(published=True)

    assert client.get(f"/give/{other.code}/gift/{donation.code}/{tail}").status_code == 404
    assert client.get(f"/give/{need.code}/gift/D0000000000000000/{tail}").status_code == 404


@pytest.mark.parametrize("tail", ["pay/", "cancel/"])
def test_acts_take_a_post(client, need, tail):
    assert client.get(page(start_gift(need), tail=tail)).status_code == 405


def test_the_page_shows_neither_address_nor_name(client, need):
    donation = start_gift(need, display_name="小王")

    text = client.get(page(donation)).content.decode()

    assert "example.org" not in text
