"""Late money for a need that was met meanwhile: booked and sent back together, once."""

import pytest

from donations.giving.services.collection import donation_expire
from donations.models import Entry, TallyDelta
from donations.provider.gateways.base import Charge
from donations.provider.services.refunds import gift_return
from donations.provider.services.synchronising import payment_sync
from donations.states import DonationStatus, EntryKind, PaymentStatus
from tests.donations.giving.steps import balance, checkout, paid_gift
from tests.factories.donations import collect_gift, start_gift
from tests.factories.matching import NeedFactory
from tests.invariants import violations

pytestmark = pytest.mark.django_db


@pytest.fixture
def late(fake, need):
    """Return a payment that came when the need had been met by others."""
    donation = start_gift(need, 60_000)
    payment = checkout(donation)
    donation_expire(donation_id=donation.pk)
    collect_gift(need, 100_000, email="other@example.org")
    fake.pay(payment.session_id)
    payment_sync(provider="stripe", object_id=payment.session_id)
    payment.refresh_from_db()
    return payment


def charge_of(fake, payment) -> Charge:
    charge = fake.get_intent(payment.intent_id).charge
    assert charge is not None
    return charge


def test_it_is_on_the_books_whole_both_ways(fake, need, late):
    donation = late.donation

    assert donation.status == DonationStatus.REFUNDED
    assert donation.collected_at is not None
    assert (late.status, late.refunded_minor) == (PaymentStatus.SUCCEEDED, 60_000)
    kinds = Entry.objects.filter(key__contains=late.charge_id).order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == [
        EntryKind.GIFT,
        EntryKind.FEE,
        EntryKind.REFUND,
    ]
    assert balance(f"funds:need:{need.code}") == -100_000
    theirs = TallyDelta.objects.filter(entry__key__contains=late.charge_id)
    assert sum(theirs.values_list("gifts", flat=True)) == 0
    assert sum(theirs.values_list("cash_minor", flat=True)) == 0
    moves = donation.events.order_by("pk").values_list("new_status", flat=True)
    assert list(moves)[-2:] == [DonationStatus.COLLECTED, DonationStatus.REFUNDED]
    assert violations() == []


def test_what_is_booked_either_way_already_is_left_alone(fake, late):
    collected = paid_gift(fake, NeedFactory(published=True), 1_000)
    before = Entry.objects.count()

    for payment in (late, collected.payments.get()):
        status = payment.donation.status
        returned = gift_return(payment=payment, charge=charge_of(fake, payment))
        assert returned == payment.donation
        assert returned.status == status
    assert Entry.objects.count() == before
