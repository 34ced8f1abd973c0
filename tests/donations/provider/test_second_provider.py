"""A second provider takes gifts; nothing outside its gateway and the settings knows of it."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils import translation

from core import clock
from core.money import Money
from donations.books.selectors.ledger import account_words
from donations.exceptions import EventHeldError, PaymentUnavailableError
from donations.models import Dispute, Donation, Entry, Payment, ProviderEvent, Receipt
from donations.provider import gateways
from donations.provider.gateways.base import DisputeOutcome
from donations.provider.services.payments import payments_reconcile_stuck
from donations.provider.services.refund_requests import donation_refund, refunds_resume
from donations.provider.services.synchronising import payment_sync
from donations.states import DonationStatus, EntryKind, EventStatus
from tests.donations.giving.steps import balance, checkout
from tests.factories.donations import start_gift
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import UserFactory
from tests.invariants import violations

pytestmark = pytest.mark.django_db


@pytest.fixture
def deliver(client, lantern, deliver_outbox):
    """Return a function that sends the provider's new events to its webhook and works them off."""
    sent = []

    def run():
        for event in lantern.events[len(sent) :]:
            body, headers = lantern.delivery(event)
            answer = client.post(
                "/webhooks/lantern/", body, content_type="application/json", headers=headers
            )
            assert answer.status_code == 200
            sent.append(event)
        deliver_outbox()

    return run


def give(client, need, amount=5_000):
    fields = {
        "client_token": str(uuid.uuid4()),
        "shown_match": f"{amount}:0",
        "amount": str(amount),
        "email": "donor@example.org",
    }
    answer = client.post(f"/give/{need.code}/", fields)
    assert answer.status_code == 303
    return answer["Location"], Donation.objects.order_by("pk").last()


@pytest.fixture
def paid(client, lantern, need, deliver):
    """Return a matched gift that was paid at the second provider."""
    MatchFundFactory()
    _url, donation = give(client, need)
    lantern.pay(donation.payments.get().session_id)
    deliver()
    donation.refresh_from_db()
    assert donation.status == DonationStatus.COLLECTED
    return donation


def test_the_form_names_it_and_may_lead_to_its_page(client, lantern, need):
    shown = client.get(f"/give/{need.code}/")

    assert "下一页由 灯笼支付 收款，可用储蓄卡。" in shown.content.decode()
    assert "Stripe" not in shown.content.decode()
    policy = shown["Content-Security-Policy"].split("; ")
    assert "form-action 'self' https://pay.lantern.example https://pay.example.org" in policy
    url, donation = give(client, need)
    assert url == f"https://pay.lantern.example/{donation.code}/1"


def test_its_bounds_are_the_forms_bounds(client, lantern, need):
    need.target_minor = 10_000_000
    need.save()

    shown = client.get(f"/give/{need.code}/").content.decode()

    assert f"还差 {Money(500_000)}，最少捐 {Money(50)}。" in shown


def test_a_gift_travels_from_the_form_to_the_receipt(client, lantern, need, deliver, mailoutbox):
    fund = MatchFundFactory()
    _url, donation = give(client, need)
    payment = donation.payments.get()
    lantern.pay(payment.session_id)
    deliver()

    donation.refresh_from_db()
    payment.refresh_from_db()
    assert donation.status == DonationStatus.COLLECTED
    assert (payment.provider, payment.status, payment.fee_minor) == ("lantern", "succeeded", 145)
    assert sorted(Entry.objects.values_list("key", flat=True)) == [
        f"lantern:{payment.charge_id}:collected",
        f"lantern:{payment.charge_id}:fee",
        f"lantern:{payment.charge_id}:match:{fund.code}",
    ]
    assert (balance("assets:lantern"), balance("assets:stripe")) == (5_000 - 145, 0)
    assert balance(f"funds:need:{need.code}") == -10_000
    assert set(ProviderEvent.objects.values_list("provider", "status")) == {
        ("lantern", EventStatus.PROCESSED)
    }
    (mail,) = mailoutbox
    assert mail.to == ["donor@example.org"]
    assert Receipt.objects.get().donation == donation
    assert violations() == []


def test_it_is_refunded_where_it_was_paid(lantern, need, paid, deliver):
    payment = paid.payments.get()

    donation_refund(donation_id=paid.pk, actor=UserFactory(), reason="asked", amount=Money(2_000))
    donation_refund(donation_id=paid.pk, actor=UserFactory(), reason="asked")
    deliver()

    paid.refresh_from_db()
    assert paid.status == DonationStatus.REFUNDED
    assert sorted(Entry.objects.filter(kind=EntryKind.REFUND).values_list("key", flat=True)) == [
        f"lantern:{payment.charge_id}:refunded:2000",
        f"lantern:{payment.charge_id}:refunded:5000",
    ]
    assert balance("assets:lantern") == -145
    assert balance(f"funds:need:{need.code}") == 0
    assert violations() == []


def test_a_lost_dispute_takes_it_back(lantern, need, paid, deliver):
    dispute_id = lantern.dispute(paid.payments.get().intent_id)
    deliver()
    assert Dispute.objects.get().status == "open"

    lantern.end_dispute(dispute_id, DisputeOutcome.LOST)
    deliver()

    paid.refresh_from_db()
    assert paid.status == DonationStatus.REFUNDED
    keys = Entry.objects.filter(key__startswith=f"lantern:{dispute_id}:")
    assert {key.rpartition(":")[2] for key in keys.values_list("key", flat=True)} >= {"lost", "fee"}
    assert balance("assets:lantern") == -145 - 1_500
    assert balance(f"funds:need:{need.code}") == 0
    assert violations() == []


def test_a_closed_page_lets_the_gift_go(client, lantern, need, deliver):
    _url, donation = give(client, need)

    lantern.expire_session(donation.payments.get().session_id)
    deliver()

    donation.refresh_from_db()
    assert donation.status == DonationStatus.EXPIRED


def test_gifts_of_the_first_provider_stay_with_it(client, settings, lantern, need, time_machine):
    stripe = gateways.named("stripe")
    both = settings.PAYMENT_GATEWAYS
    settings.PAYMENT_GATEWAYS = both[::-1]
    donation, waiting = start_gift(need, 5_000), start_gift(need, 3_000)
    session_id = checkout(donation).session_id
    late = checkout(waiting).session_id
    stripe.pay(session_id)
    payment_sync(provider="stripe", object_id=session_id)
    settings.PAYMENT_GATEWAYS = both

    donation_refund(donation_id=donation.pk, actor=UserFactory(), reason="asked")
    stripe.pay(late)
    time_machine.move_to(clock.now() + timedelta(hours=1))
    payments_reconcile_stuck()

    donation.refresh_from_db()
    waiting.refresh_from_db()
    assert donation.status == DonationStatus.REFUNDED
    assert waiting.status == DonationStatus.COLLECTED
    assert balance("assets:lantern") == 0
    assert balance("assets:stripe") == 3_000 - 87 - 145
    assert checkout(start_gift(need, 4_000)).provider == "lantern"
    assert violations() == []


def test_a_silent_provider_keeps_no_other_waiting(settings, lantern, need, time_machine):
    stripe = gateways.named("stripe")
    silent, sound = start_gift(need, 5_000), start_gift(need, 3_000, email="b@example.org")
    checkout(silent)
    settings.PAYMENT_GATEWAYS = settings.PAYMENT_GATEWAYS[::-1]
    session_id = checkout(sound).session_id
    settings.PAYMENT_GATEWAYS = settings.PAYMENT_GATEWAYS[::-1]
    stripe.pay(session_id)
    time_machine.move_to(clock.now() + timedelta(hours=1))
    lantern.fail_next(5)

    assert payments_reconcile_stuck() == 1

    sound.refresh_from_db()
    assert sound.status == DonationStatus.COLLECTED
    assert Payment.objects.get(donation=silent).checked_at is None


def test_a_refund_without_an_answer_is_sent_again_where_it_was_paid(
    lantern, paid, deliver, time_machine
):
    lantern.fail_next(1)
    with pytest.raises(PaymentUnavailableError):
        donation_refund(donation_id=paid.pk, actor=UserFactory(), reason="asked")
    time_machine.move_to(clock.now() + timedelta(minutes=3))

    assert refunds_resume() == 1

    paid.refresh_from_db()
    assert paid.status == DonationStatus.REFUNDED


def test_one_provider_says_nothing_of_anothers_payment(lantern, need):
    donation = start_gift(need, 5_000)
    payment = checkout(donation)
    assert payment.provider == "lantern"
    lantern.pay(payment.session_id)
    stripe = gateways.named("stripe")
    stripe.sessions, stripe.intents = lantern.sessions, lantern.intents

    with pytest.raises(EventHeldError):
        payment_sync(provider="stripe", object_id=lantern.sessions[payment.session_id].intent_id)

    donation.refresh_from_db()
    assert donation.status == DonationStatus.PENDING


def test_each_webhook_knows_its_own_provider_only(client, lantern, need, fake_delivery):
    donation = start_gift(need, 5_000)
    lantern.pay(checkout(donation).session_id)
    body, headers = lantern.delivery(lantern.events[-1])

    def post(name, body, headers):
        address = f"/webhooks/{name}/"
        return client.post(address, body, content_type="application/json", headers=headers)

    assert post("lantern", body + b" ", headers).status_code == 400
    assert post("lantern", body, {}).status_code == 400
    assert post("stripe", body, headers).status_code == 400
    assert post("lantern", *fake_delivery).status_code == 400
    assert post("nobody", body, headers).status_code == 404
    assert client.get("/webhooks/lantern/").status_code == 405
    assert not ProviderEvent.objects.exists()
    assert post("lantern", body, headers).status_code == 200
    assert ProviderEvent.objects.get().provider == "lantern"


@pytest.fixture
def fake_delivery(lantern):
    """Return body and headers of a call that the first provider signed."""
    stripe = gateways.named("stripe")
    stripe.tell("completed", "cs_1")
    return stripe.delivery(stripe.events[-1])


def test_an_event_of_a_word_that_means_nothing_is_left_alone(client, lantern, deliver):
    lantern.said = lantern.said | {"news": "newsletter-sent"}
    lantern.tell("news", "lantern-page-1")
    deliver()

    assert ProviderEvent.objects.get().status == EventStatus.IGNORED


def test_accounts_of_several_providers_are_told_apart(settings, lantern):
    with translation.override("en"):
        assert account_words("assets:lantern") == "Online payments account (灯笼支付)"
        assert account_words("assets:stripe") == "Online payments account (Stripe)"
        settings.PAYMENT_GATEWAYS = settings.PAYMENT_GATEWAYS[1:]
        assert account_words("assets:stripe") == "Online payments account"


def test_a_provider_that_the_settings_name_no_more_is_not_asked(settings, lantern, need, paid):
    settings.PAYMENT_GATEWAYS = settings.PAYMENT_GATEWAYS[1:]

    with pytest.raises(PaymentUnavailableError):
        donation_refund(donation_id=paid.pk, actor=UserFactory(), reason="asked")


@pytest.mark.parametrize("paths", [[], ["tests.donations.provider.fake_gateway.FakeGateway"] * 2])
def test_no_provider_and_one_name_twice_stop_the_start(settings, paths):
    settings.PAYMENT_GATEWAYS = paths

    with pytest.raises(ImproperlyConfigured):
        gateways.registered()


def test_the_webhooks_address_is_the_providers_name():
    assert reverse("webhook", args=["stripe"]) == "/webhooks/stripe/"
