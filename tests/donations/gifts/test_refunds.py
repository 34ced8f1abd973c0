"""Refunds in full and in part: at the provider once, in need, match, board and books alike."""

import pytest

from core.models import AuditEvent
from core.money import Money
from donations.exceptions import GiftRefusedError
from donations.models import (
    Entry,
    TallyDelta,
)
from donations.services.refunds import donation_refund
from donations.services.synchronising import payment_sync
from donations.states import DonationStatus, EntryKind
from tests.donations.gifts.steps import balance, checkout
from tests.factories.donations import start_gift
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import UserFactory
from tests.factories.payouts import officer, propose

pytestmark = pytest.mark.django_db


def paid_gift(fake, need, minor=5_000):
    donation = start_gift(need, minor)
    payment = checkout(donation)
    fake.pay(payment.session_id)
    payment_sync(object_id=payment.session_id)
    donation.refresh_from_db()
    return donation


def test_a_full_refund_takes_everything_back_once(fake, need):
    fund = MatchFundFactory()
    donation = paid_gift(fake, need)
    actor = UserFactory()

    donation_refund(donation_id=donation.pk, actor=actor, reason="asked by phone")
    for event in fake.events:
        payment_sync(object_id=event.object_id)

    donation.refresh_from_db()
    need.refresh_from_db()
    assert donation.status == DonationStatus.REFUNDED
    assert (need.committed_minor, need.collected_minor) == (0, 0)
    assert balance(f"funds:need:{need.code}") == 0
    assert balance(f"assets:match:{fund.code}") == 0
    assert balance("assets:stripe") == -145
    assert sum(TallyDelta.objects.values_list("gifts", flat=True)) == 0
    assert AuditEvent.objects.get(action="donation.refund").actor == actor
    with pytest.raises(GiftRefusedError):
        donation_refund(donation_id=donation.pk, actor=actor, reason="again")


def test_partial_refunds_take_the_match_back_in_proportion_rounded_down(fake, need):
    MatchFundFactory()
    donation = paid_gift(fake, need, 333)
    actor = UserFactory()

    donation_refund(donation_id=donation.pk, actor=actor, reason="part", amount=Money(100))
    need.refresh_from_db()
    assert need.collected_minor == 666 - 100 - 100
    donation_refund(donation_id=donation.pk, actor=actor, reason="part", amount=Money(100))
    donation.refresh_from_db()
    assert donation.status == DonationStatus.COLLECTED
    donation_refund(donation_id=donation.pk, actor=actor, reason="rest")

    donation.refresh_from_db()
    need.refresh_from_db()
    assert donation.status == DonationStatus.REFUNDED
    assert need.collected_minor == 0
    assert balance(f"funds:need:{need.code}") == 0


def test_more_than_is_left_is_not_refunded(fake, need):
    donation = paid_gift(fake, need)

    with pytest.raises(GiftRefusedError):
        donation_refund(
            donation_id=donation.pk, actor=UserFactory(), reason="x", amount=Money(5_001)
        )

    assert Entry.objects.filter(kind=EntryKind.REFUND).count() == 0


def test_what_was_paid_out_is_not_refunded(fake, need):
    donation = paid_gift(fake, need)
    propose(need, 5_000, officer())
    before = balance(f"funds:need:{need.code}")

    with pytest.raises(GiftRefusedError):
        donation_refund(donation_id=donation.pk, actor=UserFactory(), reason="too late")

    donation.refresh_from_db()
    assert donation.status == DonationStatus.COLLECTED
    assert balance(f"funds:need:{need.code}") == before
    assert donation.payments.get().refunded_minor == 0
    assert not AuditEvent.objects.filter(action="donation.refund").exists()
