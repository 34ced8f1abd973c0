"""Gifts to a need that is paused before they are paid."""

import pytest

from donations.exceptions import GiftRefusedError
from donations.models import Payment
from donations.provider.services.payments import gift_checkout
from donations.provider.services.synchronising import payment_sync
from matching.needs.services.publishing import need_pause
from matching.states import Role
from tests.donations.giving.steps import BACK, checkout
from tests.factories.donations import start_gift
from tests.factories.matching import make_person

pytestmark = pytest.mark.django_db


def test_a_gift_promised_before_the_pause_opens_no_payment_page(fake, need):
    donation = start_gift(need, 2_000)
    need_pause(need_id=need.pk, actor=make_person(Role.COUNTY_APPROVER), reason="复核")

    with pytest.raises(GiftRefusedError, match="没有扣款"):
        gift_checkout(donation_id=donation.pk, return_url=BACK, cancel_url=BACK)
    assert not Payment.objects.exists()
    assert fake.sessions == {}


def test_a_payment_page_opened_before_the_pause_still_brings_its_gift(fake, need):
    donation = start_gift(need, 2_000)
    payment = checkout(donation)
    need_pause(need_id=need.pk, actor=make_person(Role.COUNTY_APPROVER), reason="复核")

    fake.pay(payment.session_id)
    payment_sync(provider="stripe", object_id=payment.session_id)
    donation.refresh_from_db()
    need.refresh_from_db()
    assert donation.status == "collected"
    assert (need.status, need.collected_minor) == ("paused", 2_000)
