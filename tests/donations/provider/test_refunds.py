"""Refunds in full and in part: at the provider once, in need, match, board and books alike."""

from datetime import timedelta

import pytest
import time_machine

from core import clock
from core.models import AuditEvent
from core.money import Money
from donations.books.selectors.standing import standing
from donations.exceptions import (
    EventHeldError,
    GiftRefusedError,
    PaymentRefusedError,
    PaymentUnavailableError,
    PayoutRefusedError,
)
from donations.models import Donation, Entry, Refund, TallyDelta
from donations.payouts.services.disbursements import disbursement_approve
from donations.provider.services.refund_requests import donation_refund, refunds_resume
from donations.provider.services.synchronising import payment_sync
from donations.states import DonationStatus, EntryKind
from tests.donations.giving.steps import balance, paid_gift
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import UserFactory
from tests.factories.payouts import officer, propose
from tests.invariants import violations

pytestmark = pytest.mark.django_db


def test_a_full_refund_takes_everything_back_once(fake, need):
    fund = MatchFundFactory()
    donation = paid_gift(fake, need)
    actor = UserFactory()

    donation_refund(donation_id=donation.pk, actor=actor, reason="asked by phone")
    for event in fake.events:
        payment_sync(provider="stripe", object_id=event.object_id)

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


def test_a_refused_refund_frees_what_was_set_aside(fake, need):
    donation = paid_gift(fake, need)
    # Sent back from the provider's own desk a moment ago, and not yet told to us.
    fake.refund(charge_id=donation.payments.get().charge_id, amount=Money(5_000), key="by hand")

    with pytest.raises(PaymentRefusedError):
        donation_refund(donation_id=donation.pk, actor=UserFactory(), reason="asked")

    assert Refund.objects.get().status == "released"
    assert standing(need.purpose).set_aside.minor == 0


def test_a_refund_without_an_answer_stays_set_aside_and_is_sent_once(fake, need):
    MatchFundFactory()
    donation = paid_gift(fake, need)
    fake.fail_next(1, after_the_act=True)

    with pytest.raises(PaymentUnavailableError):
        donation_refund(donation_id=donation.pk, actor=UserFactory(), reason="asked")
    assert Refund.objects.get().status == "reserved"
    assert standing(need.purpose).available.minor == 0
    with pytest.raises(PayoutRefusedError):
        propose(need, 100, officer())

    assert refunds_resume() == 0  # asked a moment ago
    with time_machine.travel(clock.now() + timedelta(minutes=5)):
        assert refunds_resume() == 1
        assert refunds_resume() == 0
    donation.refresh_from_db()
    assert donation.status == DonationStatus.REFUNDED
    assert Refund.objects.get().status == "booked"
    assert balance("assets:stripe") == -145
    assert violations() == []


def test_a_refund_that_was_never_sent_is_sent_again(fake, need):
    donation = paid_gift(fake, need)
    fake.fail_next()

    with pytest.raises(PaymentUnavailableError):
        donation_refund(donation_id=donation.pk, actor=UserFactory(), reason="asked")
    with time_machine.travel(clock.now() + timedelta(minutes=5)):
        assert refunds_resume() == 1
    donation.refresh_from_db()
    assert donation.status == DonationStatus.REFUNDED


def test_an_old_unanswered_refund_is_not_sent_again_by_a_forgotten_key(fake, need):
    donation = paid_gift(fake, need)
    fake.fail_next()
    with pytest.raises(PaymentUnavailableError):
        donation_refund(donation_id=donation.pk, actor=UserFactory(), reason="asked")

    with time_machine.travel(clock.now() + timedelta(days=2)):
        assert refunds_resume() == 0
        with pytest.raises(GiftRefusedError):
            donation_refund(donation_id=donation.pk, actor=UserFactory(), reason="asked again")
    assert Refund.objects.get().status == "reserved"
    assert donation.payments.get().refunded_minor == 0


def test_a_refund_that_cannot_be_booked_does_not_keep_the_others_waiting(fake, need):
    first, second = paid_gift(fake, need), paid_gift(fake, need)
    for donation in (first, second):
        fake.fail_next()
        with pytest.raises(PaymentUnavailableError):
            donation_refund(donation_id=donation.pk, actor=UserFactory(), reason="asked")
    # Its match is on record twice: more goes back than arrived.
    Donation.objects.filter(pk=first.pk).update(matched_minor=50_000)

    with time_machine.travel(clock.now() + timedelta(minutes=5)):
        assert refunds_resume() == 1
    second.refresh_from_db()
    assert second.status == DonationStatus.REFUNDED


def test_another_sum_waits_for_the_first_answer(fake, need):
    donation = paid_gift(fake, need)
    fake.fail_next()
    with pytest.raises(PaymentUnavailableError):
        donation_refund(donation_id=donation.pk, actor=UserFactory(), reason="a", amount=Money(100))

    with pytest.raises(GiftRefusedError):
        donation_refund(donation_id=donation.pk, actor=UserFactory(), reason="b", amount=Money(200))
    donation_refund(donation_id=donation.pk, actor=UserFactory(), reason="a", amount=Money(100))
    assert Refund.objects.count() == 1
    assert donation.payments.get().refunded_minor == 100


def test_money_sent_back_at_the_providers_desk_after_it_was_paid_out_is_held(fake, need):
    donation = paid_gift(fake, need)
    payout = propose(need, 5_000, officer())
    disbursement_approve(disbursement_id=payout.pk, actor=officer(), bank_reference="BANK-1")
    payment = donation.payments.get()
    fake.refund(charge_id=payment.charge_id, amount=Money(5_000), key="by hand")

    with pytest.raises(EventHeldError) as held:
        payment_sync(provider="stripe", object_id=payment.intent_id)
    assert held.value.problem == "paid_out"
    assert donation.payments.get().refunded_minor == 0
    assert violations() == []
