"""Money that comes late, slowly, or not at all."""

import pytest

from donations.giving.services.collection import donation_expire
from donations.models import (
    Entry,
)
from donations.provider.services.synchronising import payment_sync
from donations.states import DonationStatus, EntryKind, PaymentStatus
from matching.funds.selectors.funds import fund_progress
from matching.funds.services.reservations import match_release
from matching.models import MatchReservation
from tests.donations.giving.steps import balance, checkout
from tests.factories.donations import collect_gift, start_gift
from tests.factories.funds import MatchFundFactory

pytestmark = pytest.mark.django_db


def test_an_expired_page_gives_everything_back_once(fake, need):
    fund = MatchFundFactory()
    donation = start_gift(need)
    payment = checkout(donation)
    fake.expire_session(payment.session_id)

    for _ in range(3):
        payment_sync(provider="stripe", object_id=payment.session_id)

    donation.refresh_from_db()
    need.refresh_from_db()
    assert donation.status == DonationStatus.EXPIRED
    assert need.committed_minor == 0
    assert fund_progress(fund).remaining == fund.authorised
    assert Entry.objects.count() == 0


def test_money_for_an_expired_gift_is_taken_with_the_match_there_is(fake, need):
    MatchFundFactory(authorised_minor=5_000)
    donation = start_gift(need)
    payment = checkout(donation)
    donation_expire(donation_id=donation.pk)
    start_gift(need, 3_000, email="other@example.org")
    fake.pay(payment.session_id)

    payment_sync(provider="stripe", object_id=payment.session_id)

    donation.refresh_from_db()
    need.refresh_from_db()
    assert donation.status == DonationStatus.COLLECTED
    assert donation.matched_minor == 2_000
    assert donation.promised_match_minor == 5_000
    assert need.collected_minor == 7_000
    assert need.committed_minor == 7_000 + 6_000


def test_a_lapsed_lease_is_taken_up_again_when_the_money_comes(fake, need):
    MatchFundFactory()
    donation = start_gift(need, 40_000)
    payment = checkout(donation)
    match_release(reference=donation.code)
    fake.pay(payment.session_id)

    payment_sync(provider="stripe", object_id=payment.session_id)

    donation.refresh_from_db()
    need.refresh_from_db()
    assert donation.matched_minor == 40_000
    assert (need.committed_minor, need.collected_minor) == (80_000, 80_000)


def test_late_money_for_a_need_met_meanwhile_goes_back_whole(fake, need):
    donation = start_gift(need, 60_000)
    payment = checkout(donation)
    donation_expire(donation_id=donation.pk)
    collect_gift(need, 100_000, email="other@example.org")
    fake.pay(payment.session_id)

    payment_sync(provider="stripe", object_id=payment.session_id)
    payment_sync(provider="stripe", object_id=payment.session_id)

    donation.refresh_from_db()
    need.refresh_from_db()
    assert donation.status == DonationStatus.REFUNDED
    assert fake.get_intent(payment_intent(payment)).charge.refunded_minor == 60_000
    assert (need.committed_minor, need.collected_minor) == (100_000, 100_000)
    assert balance(f"funds:need:{need.code}") == -100_000
    assert Entry.objects.filter(kind=EntryKind.REFUND).count() == 1


def payment_intent(payment):
    payment.refresh_from_db()
    return payment.intent_id


def test_delayed_money_keeps_its_match_for_days_then_collects(fake, need):
    MatchFundFactory()
    donation = start_gift(need)
    payment = checkout(donation)
    fake.pay(payment.session_id, later="succeed")
    payment_sync(provider="stripe", object_id=payment.session_id)
    payment.refresh_from_db()
    assert payment.status == PaymentStatus.PROCESSING
    held = MatchReservation.objects.get(reference=donation.code)
    assert (held.lease_until - held.created_at).days >= 6

    fake.settle(payment.session_id)
    payment_sync(provider="stripe", object_id=payment.session_id)

    donation.refresh_from_db()
    assert donation.status == DonationStatus.COLLECTED
    assert donation.matched_minor == 5_000


def test_delayed_money_that_fails_gives_everything_back(fake, need):
    fund = MatchFundFactory()
    donation = start_gift(need)
    payment = checkout(donation)
    fake.pay(payment.session_id, later="fail")
    payment_sync(provider="stripe", object_id=payment.session_id)
    fake.settle(payment.session_id, succeed=False)

    payment_sync(provider="stripe", object_id=payment.session_id)

    donation.refresh_from_db()
    need.refresh_from_db()
    assert donation.status == DonationStatus.FAILED
    assert need.committed_minor == 0
    assert fund_progress(fund).remaining == fund.authorised


def test_a_declined_card_leaves_the_gift_waiting(fake, need):
    donation = start_gift(need)
    payment = checkout(donation)
    fake.pay(payment.session_id, declined=True)

    for event in fake.events:
        payment_sync(provider="stripe", object_id=event.object_id)

    donation.refresh_from_db()
    assert donation.status == DonationStatus.PENDING
