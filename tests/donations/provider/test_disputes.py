"""Payers' disputes: frozen while open, taken back where lost, told to the fund officers."""

import itertools
from dataclasses import replace

import pytest

from core.models import AuditEvent
from core.money import Money
from donations.books.selectors.standing import standing
from donations.exceptions import EventHeldError, GiftRefusedError, PayoutRefusedError
from donations.models import Dispute, Entry, Payment, Refund, TallyDelta
from donations.payouts.selectors.disbursements import needs_to_pay
from donations.payouts.services.disbursements import disbursement_approve, disbursement_propose
from donations.provider.gateways.base import DisputeOutcome
from donations.provider.services.dispute_mail import dispute_mail
from donations.provider.services.disputes import dispute_sync
from donations.provider.services.refund_requests import donation_refund, refund_reserve
from donations.provider.services.synchronising import payment_sync
from donations.states import DonationStatus, EntryKind
from tests.donations.giving.steps import balance, checkout, paid_gift
from tests.factories.donations import start_gift
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import UserFactory
from tests.factories.payouts import officer, propose
from tests.invariants import violations

pytestmark = pytest.mark.django_db
LOST, WON = DisputeOutcome.LOST, DisputeOutcome.WON


def disputed(fake, donation, amount=None) -> str:
    dispute_id = fake.dispute(donation.payments.get().intent_id, amount)
    assert dispute_sync(provider="stripe", dispute_id=dispute_id)
    return dispute_id


def test_a_disputed_gift_and_its_match_are_not_paid_out(fake, need):
    MatchFundFactory()
    donation = paid_gift(fake, need)
    disputed(fake, donation)

    there = standing(need.purpose)
    assert (there.held.minor, there.set_aside.minor, there.available.minor) == (10_000, 10_000, 0)
    assert list(needs_to_pay()) == []
    with pytest.raises(PayoutRefusedError, match="冻结"):
        propose(need, 100, officer())
    with pytest.raises(GiftRefusedError):
        donation_refund(donation_id=donation.pk, actor=UserFactory(), reason="asked")
    assert not Refund.objects.exists()
    assert donation.status == DonationStatus.COLLECTED


def test_a_proposal_made_before_the_dispute_is_not_approved(fake, need):
    donation = paid_gift(fake, need)
    payout = propose(need, 5_000, officer())
    disputed(fake, donation)

    with pytest.raises(PayoutRefusedError, match="冻结"):
        disbursement_approve(disbursement_id=payout.pk, actor=officer(), bank_reference="BANK-1")
    payout.refresh_from_db()
    assert payout.status == "proposed"
    assert balance("assets:bank") == 0


def test_other_gifts_of_the_need_are_still_paid_out(fake, need):
    disputed(fake, paid_gift(fake, need))
    start = start_gift(need, 3_000, email="second@example.org")
    payment = checkout(start)
    fake.pay(payment.session_id)
    payment_sync(provider="stripe", object_id=payment.session_id)

    assert propose(need, 3_000, officer()).amount == Money(3_000)


def test_a_won_dispute_frees_the_gift_and_books_its_fee_alone(fake, need):
    donation = paid_gift(fake, need)
    dispute_id = disputed(fake, donation)
    fees = balance("expenses:fees")

    fake.end_dispute(dispute_id, WON)
    for _time in range(2):
        dispute_sync(provider="stripe", dispute_id=dispute_id)

    assert standing(need.purpose).available.minor == 5_000
    assert balance("expenses:fees") == fees + 1_500
    assert not Entry.objects.filter(kind=EntryKind.CHARGEBACK).exists()
    assert violations() == []


def test_a_lost_dispute_takes_gift_and_match_back_once_in_need_board_and_books(fake, need):
    fund = MatchFundFactory()
    donation = paid_gift(fake, need)
    dispute_id = disputed(fake, donation)

    fake.end_dispute(dispute_id, LOST)
    for _time in range(3):
        dispute_sync(provider="stripe", dispute_id=dispute_id)
        payment_sync(provider="stripe", object_id=donation.payments.get().intent_id)

    donation.refresh_from_db()
    need.refresh_from_db()
    dispute = Dispute.objects.get()
    assert donation.status == DonationStatus.REFUNDED
    assert (dispute.status, dispute.covered_minor, dispute.fee_minor) == ("lost", 5_000, 1_500)
    assert (need.committed_minor, need.collected_minor) == (0, 0)
    assert balance(f"funds:need:{need.code}") == 0
    assert balance(f"assets:match:{fund.code}") == 0
    assert balance("assets:stripe") == -145 - 1_500
    assert balance("expenses:losses") == 0
    deltas = TallyDelta.objects.values_list("gifts", "cash_minor")
    assert [sum(column) for column in zip(*deltas, strict=True)] == [0, 0]
    assert violations() == []


def test_what_was_paid_out_before_is_our_loss_not_the_households(fake, need):
    donation = paid_gift(fake, need)
    payout = propose(need, 4_000, officer())
    disbursement_approve(disbursement_id=payout.pk, actor=officer(), bank_reference="BANK-1")
    dispute_id = disputed(fake, donation)

    fake.end_dispute(dispute_id, LOST)
    dispute_sync(provider="stripe", dispute_id=dispute_id)

    assert Dispute.objects.get().covered_minor == 1_000
    assert balance(f"funds:need:{need.code}") == 0
    assert balance("expenses:losses") == 4_000
    need.refresh_from_db()
    assert need.collected_minor == 4_000
    assert violations() == []


def test_a_lost_dispute_leaves_what_is_on_its_way_back_to_another_donor(fake, need):
    donation, other = paid_gift(fake, need), paid_gift(fake, need)
    payout = propose(need, 5_000, officer())
    disbursement_approve(disbursement_id=payout.pk, actor=officer(), bank_reference="BANK-1")
    refund_reserve(donation_id=other.pk, actor=UserFactory(), reason="asked")
    dispute_id = disputed(fake, donation)
    fake.end_dispute(dispute_id, LOST)
    dispute_sync(provider="stripe", dispute_id=dispute_id)

    assert Dispute.objects.get().covered_minor == 0
    assert balance("expenses:losses") == 5_000
    donation_refund(donation_id=other.pk, actor=UserFactory(), reason="asked")
    other.refresh_from_db()
    assert other.status == DonationStatus.REFUNDED
    assert balance(f"funds:need:{need.code}") == 0
    assert violations() == []


def test_part_of_a_gift_may_be_disputed_and_the_rest_refunded(fake, need):
    MatchFundFactory()
    donation = paid_gift(fake, need)
    dispute_id = disputed(fake, donation, Money(2_000))
    fake.end_dispute(dispute_id, LOST)
    dispute_sync(provider="stripe", dispute_id=dispute_id)

    donation.refresh_from_db()
    need.refresh_from_db()
    assert donation.status == DonationStatus.COLLECTED
    assert need.collected_minor == 6_000
    with pytest.raises(GiftRefusedError):
        donation_refund(
            donation_id=donation.pk, actor=UserFactory(), reason="x", amount=Money(3_001)
        )
    assert violations() == []


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_events_in_any_order_come_to_the_same(fake, need, order):
    donation = start_gift(need, 5_000)
    payment = checkout(donation)
    fake.pay(payment.session_id)
    intent_id = fake.sessions[payment.session_id].intent_id
    dispute_id = fake.dispute(intent_id)
    fake.end_dispute(dispute_id, LOST)
    told = [
        lambda: payment_sync(provider="stripe", object_id=payment.session_id),
        lambda: dispute_sync(provider="stripe", dispute_id=dispute_id),
        lambda: payment_sync(provider="stripe", object_id=intent_id),
    ]
    for number in order:
        told[number]()

    donation.refresh_from_db()
    assert donation.status == DonationStatus.REFUNDED
    assert Payment.objects.get().lost_minor == 5_000
    assert balance("assets:stripe") == -145 - 1_500
    assert violations() == []


def test_a_dispute_that_ends_twice_differently_is_held(fake, need):
    dispute_id = disputed(fake, paid_gift(fake, need))
    fake.end_dispute(dispute_id, WON)
    dispute_sync(provider="stripe", dispute_id=dispute_id)
    fake.end_dispute(dispute_id, LOST)

    with pytest.raises(EventHeldError) as held:
        dispute_sync(provider="stripe", dispute_id=dispute_id)
    assert held.value.problem == "reopened"
    assert Dispute.objects.get().status == "won"
    assert Payment.objects.get().lost_minor == 0


def test_fund_officers_are_told_without_the_givers_name(fake, need, deliver_outbox, mailoutbox):
    first, second, _third = officer(), officer(), officer()
    for person in (first, second):
        person.email = f"{person.username}@example.org"
        person.save()
    donation = paid_gift(fake, need)
    dispute_id = disputed(fake, donation)
    deliver_outbox()

    told = [mail for mail in mailoutbox if "付款争议" in mail.subject]
    assert sorted(mail.to[0] for mail in told) == sorted([first.email, second.email])
    for mail in told:
        assert need.code in mail.body
        assert donation.code not in mail.body
        assert donation.donor.email not in mail.body
    assert dispute_mail(dispute_id=dispute_id, status="open") == 2
    assert AuditEvent.objects.filter(action="dispute.opened").count() == 1


def test_a_stranger_payment_is_none_of_ours(fake, need):
    donation = paid_gift(fake, need)
    intent_id = donation.payments.get().intent_id
    dispute_id = fake.dispute(intent_id)
    fake.intents[intent_id] = replace(fake.intents[intent_id], donation_code="")

    assert dispute_sync(provider="stripe", dispute_id=dispute_id) is False
    assert not Dispute.objects.exists()


def test_final_payment_waits_for_the_dispute(fake, need):
    donation = paid_gift(fake, need)
    disputed(fake, donation)

    with pytest.raises(PayoutRefusedError):
        disbursement_propose(
            actor=officer(),
            amount=Money(5_000),
            payee_kind="supplier",
            payee="供货商",
            note="购买课桌",
            need_id=need.pk,
            is_final=True,
        )
