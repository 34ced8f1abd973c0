"""What may be asked back, and how long an unanswered request is sent again."""

import logging
from datetime import timedelta

import pytest
import time_machine

from core import clock
from core.models import AuditEvent
from core.money import Money
from donations.exceptions import GiftRefusedError, PaymentUnavailableError
from donations.models import Donation, Payment, Refund
from donations.provider.gateways.stripe import StripeGateway
from donations.provider.services.refund_requests import (
    QUIET,
    donation_refund,
    refund_release,
    refund_reserve,
    refunds_resume,
)
from donations.provider.services.synchronising import payment_sync
from donations.states import DonationStatus, PaymentStatus, RefundStatus
from tests.donations.giving.steps import paid_gift
from tests.factories.donations import collect_gift, start_gift
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import CampaignFactory, UserFactory
from tests.factories.payouts import officer, propose

pytestmark = pytest.mark.django_db
ONLINE = "只有已在线到账的捐赠可以退款"
SECOND = timedelta(seconds=1)


def ask(donation, minor: int | None = None, reason: str = "asked") -> Donation:
    amount = None if minor is None else Money(minor)
    return donation_refund(
        donation_id=donation.pk, actor=UserFactory(), reason=reason, amount=amount
    )


def unanswered(fake, donation, minor: int | None = None, *, sent: bool = False) -> Refund:
    """Return a refund that was set aside and got no answer, before it was sent or after."""
    fake.fail_next(after_the_act=sent)
    with pytest.raises(PaymentUnavailableError):
        ask(donation, minor)
    return donation.refunds.get(status=RefundStatus.RESERVED)


def quietly(refund: Refund, quiet: timedelta) -> None:
    Refund.objects.filter(pk=refund.pk).update(updated_at=clock.now() - quiet)


def test_what_did_not_arrive_online_is_not_refunded(fake, need):
    waiting = start_gift(need, 1_000)
    offline = collect_gift(need, 1_000, email="other@example.org")
    for donation in (waiting, offline):
        with pytest.raises(GiftRefusedError, match=ONLINE):
            ask(donation)

    # The attempt that succeeded counts, not another one of the same gift.
    donation = paid_gift(fake, need)
    donation.payments.update(status=PaymentStatus.FAILED)
    with pytest.raises(GiftRefusedError, match=ONLINE):
        ask(donation)
    assert not Refund.objects.exists()


@pytest.mark.parametrize("minor", [0, -1, 5_001])
def test_nothing_less_than_a_cent_and_nothing_more_than_is_left(fake, need, minor):
    donation = paid_gift(fake, need)

    with pytest.raises(GiftRefusedError, match="最多可退 ¥50。"):
        ask(donation, minor)

    assert not Refund.objects.exists()


def test_what_is_left_is_the_gift_less_what_went_back_and_less_what_a_bank_took(fake, need):
    donation = paid_gift(fake, need)
    ask(donation, 1_000)
    Payment.objects.update(lost_minor=500)

    with pytest.raises(GiftRefusedError, match="最多可退 ¥35。"):
        ask(donation, 3_501)
    Payment.objects.update(lost_minor=0)

    ask(donation, 1)
    assert ask(donation).status == DonationStatus.REFUNDED
    assert [refund.amount_minor for refund in Refund.objects.order_by("pk")] == [1_000, 1, 3_999]
    assert [refund.upto_minor for refund in Refund.objects.order_by("pk")] == [1_000, 1_001, 5_000]


def test_an_open_dispute_stops_a_refund_and_an_ended_one_does_not(fake, need):
    donation = paid_gift(fake, need)
    payment = donation.payments.get()
    dispute = payment.disputes.create(
        id="du_1", amount_minor=5_000, opened_at=clock.now(), reason="fraudulent"
    )
    with pytest.raises(GiftRefusedError, match="争议结束前不能退款"):
        ask(donation)

    type(dispute).objects.update(status="won", closed_at=clock.now())

    assert ask(donation).status == DonationStatus.REFUNDED


def test_the_request_says_who_asked_why_and_what_match_goes_along(fake, need):
    MatchFundFactory(ratio_percent=50)
    donation = paid_gift(fake, need, 301)
    actor = UserFactory()

    refund_reserve(donation_id=donation.pk, actor=actor, reason="理" * 201, amount=Money(101))

    refund = Refund.objects.get()
    assert (refund.requested_by, refund.reason) == (actor, "理" * 200)
    assert (refund.amount_minor, refund.match_minor, refund.upto_minor) == (101, 50, 101)
    event = AuditEvent.objects.get(action="donation.refund")
    assert (event.actor, event.object_ref) == (actor, donation.code)
    assert (event.detail["amount_minor"], event.detail["reason"]) == (101, "理" * 201)


def test_gift_and_match_must_both_be_there_still_to_the_cent(fake, need):
    MatchFundFactory(ratio_percent=50)
    donation = paid_gift(fake, need, 300)
    propose(need, 149, officer())

    with pytest.raises(GiftRefusedError, match="已经拨付或正在拨付"):
        ask(donation, 202)
    # 201 and the 100 of match that go with it are just what is left.
    ask(donation, 201)


def test_a_gift_to_a_campaign_goes_back_too(fake):
    donation = paid_gift(fake, CampaignFactory())

    assert ask(donation).status == DonationStatus.REFUNDED


def test_a_released_refund_is_free_once(fake, need):
    donation = paid_gift(fake, need)
    refund = refund_reserve(donation_id=donation.pk, actor=UserFactory(), reason="x")

    assert refund_release(refund_id=refund.pk) is True
    assert refund_release(refund_id=refund.pk) is False

    refund.refresh_from_db()
    assert (refund.status, refund.settled_at is not None) == (RefundStatus.RELEASED, True)
    assert ask(donation).status == DonationStatus.REFUNDED


def test_a_request_rests_for_the_quiet_time_before_it_is_taken_up(fake, need):
    refund = unanswered(fake, paid_gift(fake, need))
    with time_machine.travel(clock.now(), tick=False):
        quietly(refund, QUIET)
        assert refunds_resume() == 0
        quietly(refund, QUIET + SECOND)
        assert refunds_resume() == 1
    assert timedelta(minutes=2) == QUIET


def test_a_request_is_sent_again_for_twenty_hours_and_no_longer(fake, need, caplog):
    with time_machine.travel(clock.now(), tick=False):
        refund = unanswered(fake, paid_gift(fake, need))
        Refund.objects.update(created_at=clock.now() - StripeGateway.repeatable_for)
        quietly(refund, QUIET + SECOND)
        with caplog.at_level(logging.ERROR):
            assert refunds_resume() == 0
        assert "a person has to look" in caplog.text

        Refund.objects.update(created_at=clock.now() - StripeGateway.repeatable_for + SECOND)
        quietly(refund, QUIET + SECOND)
        assert refunds_resume() == 1
    assert timedelta(hours=20) == StripeGateway.repeatable_for
    assert refund.donation.payments.get().refunded_minor == 5_000


def test_an_old_request_that_the_provider_did_keep_is_booked_when_asked_for_again(fake, need):
    paid_gift(fake, need, 1_000)
    donation = paid_gift(fake, need)
    refund = unanswered(fake, donation)
    fake.refund(charge_id=donation.payments.get().charge_id, amount=Money(5_000), key=refund.key)
    Refund.objects.update(created_at=clock.now() - StripeGateway.repeatable_for)

    assert ask(donation).status == DonationStatus.REFUNDED
    assert Refund.objects.get().status == RefundStatus.BOOKED


def test_requests_are_taken_up_oldest_first_and_stop_where_nobody_answers(fake, need):
    waiting = [unanswered(fake, paid_gift(fake, need, 1_000 + step)) for step in range(3)]
    for refund, minutes in zip(waiting, (5, 30, 10), strict=True):
        quietly(refund, timedelta(minutes=minutes))

    assert refunds_resume(limit=1) == 1
    assert list(Refund.objects.filter(status=RefundStatus.BOOKED)) == [waiting[1]]
    fake.fail_next(1)
    assert refunds_resume() == 0
    assert refunds_resume() == 2


def test_what_is_settled_is_not_taken_up_again(fake, need):
    ask(paid_gift(fake, need))
    released = refund_reserve(
        donation_id=paid_gift(fake, need, 1_000).pk, actor=UserFactory(), reason="x"
    )
    refund_release(refund_id=released.pk)
    for refund in Refund.objects.all():
        quietly(refund, timedelta(minutes=5))

    assert refunds_resume() == 0
    assert sorted(Refund.objects.values_list("status", flat=True)) == ["booked", "released"]


def test_one_that_failed_waits_its_turn_again(fake, need):
    refund = unanswered(fake, paid_gift(fake, need))
    Refund.objects.update(created_at=clock.now() - StripeGateway.repeatable_for)
    quietly(refund, timedelta(minutes=5))

    assert refunds_resume() == 0

    refund.refresh_from_db()
    assert refund.updated_at > clock.now() - QUIET


def test_what_went_back_otherwise_does_not_settle_a_larger_request(fake, need):
    donation = paid_gift(fake, need)
    refund = unanswered(fake, donation, 1_000)
    payment = donation.payments.get()
    fake.refund(charge_id=payment.charge_id, amount=Money(999), key="by hand")

    payment_sync(provider="stripe", object_id=payment.intent_id)

    refund.refresh_from_db()
    payment.refresh_from_db()
    assert (payment.refunded_minor, refund.status) == (999, RefundStatus.RESERVED)


@pytest.mark.parametrize("sent", [True, False])
def test_money_that_a_bank_sent_back_to_us_counts_as_sent(fake, need, sent):
    donation = paid_gift(fake, need)
    ask(donation, 2_000)
    payment = donation.payments.get()
    fake.return_refund(payment.intent_id, Money(2_000))
    Payment.objects.update(returned_minor=2_000)

    refund = unanswered(fake, donation, 1_000, sent=sent)
    quietly(refund, timedelta(minutes=5))

    assert refunds_resume() == 1
    payment.refresh_from_db()
    assert (payment.refunded_minor, payment.returned_minor) == (3_000, 2_000)
    assert Refund.objects.filter(status=RefundStatus.BOOKED).count() == 2
