"""Many at once on PostgreSQL: one form sent by many, one payment told of by many."""

import sys
import threading
import uuid
from typing import ClassVar

import pytest
from django.db import connection

from core.money import Money
from donations.exceptions import GiftRefusedError, PayoutRefusedError
from donations.giving.services.gifts import gift_start
from donations.models import Disbursement, Donation, DonationEvent, Donor, Entry, Receipt
from donations.provider import gateways
from donations.provider.services.payments import gift_checkout
from donations.provider.services.refund_requests import donation_refund
from donations.provider.services.synchronising import payment_sync
from donations.receipts.services.receipts import receipt_issue
from donations.states import DonationStatus
from matching.exceptions import NeedShortfallError
from tests.donations.giving.steps import checkout
from tests.donations.provider.fake_gateway import FakeGateway
from tests.factories.donations import collect_gift, start_gift
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import CampaignFactory, NeedFactory, UserFactory
from tests.factories.payouts import officer, propose
from tests.invariants import violations
from tests.waiting import PATIENCE

pytestmark = [pytest.mark.postgres]
MANY = 12


def together(count, act):
    """Run ``act(number)`` in threads that start at once; return results and errors."""
    barrier, results, errors = threading.Barrier(count), [], []

    def run(number):
        try:
            barrier.wait(PATIENCE)
            results.append(act(number))
        except Exception as error:  # noqa: BLE001 told to the test below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results, errors


def test_one_form_sent_by_many_is_one_gift(committed_db, fake):
    MatchFundFactory()
    need = NeedFactory(published=True)
    token = uuid.uuid4()

    def send(_number):
        donation = start_gift(need, 5_000, client_token=token)
        return gift_checkout(
            donation_id=donation.pk,
            return_url="https://aixin.example.org/",
            cancel_url="https://aixin.example.org/",
        )

    urls, errors = together(MANY, send)

    need.refresh_from_db()
    assert errors == []
    assert len(set(urls)) == 1
    assert Donation.objects.count() == Donor.objects.count() == 1
    assert need.committed_minor == 10_000


def test_many_givers_never_promise_more_than_is_missing(committed_db):
    need = NeedFactory(published=True, target_minor=50_000)

    def give(number):
        return gift_start(
            client_token=uuid.uuid4(),
            amount=Money(10_000),
            email=f"donor{number}@example.org",
            need_code=need.code,
        )

    gifts, errors = together(MANY, give)

    need.refresh_from_db()
    assert len(gifts) == 5
    assert Donation.objects.count() == 5
    assert need.committed_minor == 50_000
    assert {getattr(error, "status_code", 0) for error in errors} <= {400, 409}
    assert any(isinstance(error, NeedShortfallError) for error in errors) or len(errors) == 7


def test_one_payment_told_of_by_many_is_collected_once(committed_db, fake):
    MatchFundFactory()
    need = NeedFactory(published=True, campaign=CampaignFactory())
    donation = start_gift(need)
    gift_checkout(
        donation_id=donation.pk,
        return_url="https://aixin.example.org/",
        cancel_url="https://aixin.example.org/",
    )
    session_id = donation.payments.get().session_id
    fake.pay(session_id)

    _results, errors = together(
        MANY, lambda _number: payment_sync(provider="stripe", object_id=session_id)
    )

    need.refresh_from_db()
    donation.refresh_from_db()
    assert errors == []
    assert donation.status == DonationStatus.COLLECTED
    assert (need.committed_minor, need.collected_minor) == (10_000, 10_000)
    assert Entry.objects.count() == 3
    assert DonationEvent.objects.count() == 1


def test_receipts_issued_at_once_leave_no_gap(committed_db):
    campaign = CampaignFactory()
    gifts = [collect_gift(campaign, email=f"donor{n}@example.org") for n in range(MANY)]

    _results, errors = together(
        MANY * 2, lambda number: receipt_issue(donation_id=gifts[number % MANY].pk)
    )

    assert errors == []
    serials = sorted(Receipt.objects.values_list("serial", flat=True))
    assert serials == list(range(1, MANY + 1))


class WatchedGateway(FakeGateway):
    """Notes for each call whether a transaction was open."""

    calls: ClassVar[list[tuple[str, bool]]] = []

    def _answer(self):
        self.calls.append((sys._getframe(1).f_code.co_name, connection.in_atomic_block))
        super()._answer()


def test_no_call_to_the_provider_is_made_inside_a_transaction(committed_db, client, settings):
    """Rule 6 (docs/rules.md), watched at the gateway while a gift is made, paid and refunded."""
    settings.PAYMENT_GATEWAYS = [f"{__name__}.WatchedGateway"]
    gateway = gateways.named("stripe")
    need = NeedFactory(published=True)
    fields = {
        "client_token": str(uuid.uuid4()),
        "shown_match": "5000:0",
        "amount": "5000",
        "email": "donor@example.org",
    }
    client.post(f"/give/{need.code}/", fields)
    donation = Donation.objects.get()
    gateway.pay(donation.payments.get().session_id)
    client.post(f"/give/{need.code}/gift/{donation.code}/cancel/")
    donation_refund(donation_id=donation.pk, actor=UserFactory(), reason="asked")

    called = {name for name, _inside in gateway.calls}
    assert called == {"create_checkout", "get_session", "get_intent", "refund"}
    assert [name for name, inside in gateway.calls if inside] == []


class SlowRefunds(FakeGateway):
    """Lets a test act while a refund is at the provider."""

    asked: ClassVar[threading.Event] = threading.Event()
    go_on: ClassVar[threading.Event] = threading.Event()

    def refund(self, **asked):
        self.asked.set()
        assert self.go_on.wait(PATIENCE)
        return super().refund(**asked)


def test_money_is_not_paid_out_while_its_refund_is_at_the_provider(committed_db, settings):
    settings.PAYMENT_GATEWAYS = [f"{__name__}.SlowRefunds"]
    SlowRefunds.asked.clear()
    SlowRefunds.go_on.clear()
    gateway = gateways.named("stripe")
    need = NeedFactory(published=True)
    donation = start_gift(need, 5_000)
    payment = checkout(donation)
    gateway.pay(payment.session_id)
    payment_sync(provider="stripe", object_id=payment.session_id)
    asker, maker = UserFactory(), officer()
    refusals = []

    def give_back(_number):
        donation_refund(donation_id=donation.pk, actor=asker, reason="asked")

    def pay_out(_number):
        assert SlowRefunds.asked.wait(PATIENCE)
        try:
            propose(need, 5_000, maker)
        except PayoutRefusedError as refusal:
            refusals.append(refusal.message)
        SlowRefunds.go_on.set()

    _results, errors = together(2, lambda number: (give_back, pay_out)[number](number))

    assert errors == []
    assert len(refusals) == 1
    assert not Disbursement.objects.exists()
    donation.refresh_from_db()
    assert donation.status == DonationStatus.REFUNDED
    assert violations() == []


def test_refund_or_pay_out_never_both(committed_db, fake):
    """Twelve gifts; for each a refund and a pay-out of the same money start at once."""
    gifts = []
    for number in range(MANY):
        need = NeedFactory(published=True)
        donation = start_gift(need, 5_000, email=f"d{number}@example.org")
        payment = checkout(donation)
        fake.pay(payment.session_id)
        payment_sync(provider="stripe", object_id=payment.session_id)
        gifts.append((donation, need))
    asker, maker = UserFactory(), officer()

    def act(number):
        donation, need = gifts[number // 2]
        if number % 2:
            propose(need, 5_000, maker)
        else:
            donation_refund(donation_id=donation.pk, actor=asker, reason="asked")

    _results, errors = together(MANY * 2, act)

    assert {type(error) for error in errors} <= {PayoutRefusedError, GiftRefusedError}
    assert len(errors) == MANY
    proposed = Disbursement.objects.count()
    refunded = Donation.objects.filter(status=DonationStatus.REFUNDED).count()
    assert proposed + refunded == MANY
    assert violations() == []
