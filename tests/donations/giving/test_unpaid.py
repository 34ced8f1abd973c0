"""Gifts that were begun and never led to a payment page."""

from datetime import timedelta

import pytest

from core import clock
from donations.provider.services.payments import gifts_expire_unpaid
from donations.states import DonationStatus
from matching.funds.selectors.funds import fund_progress
from tests.donations.giving.steps import checkout
from tests.factories.donations import start_gift
from tests.factories.funds import MatchFundFactory
from tests.invariants import violations

pytestmark = pytest.mark.django_db
LEASE = timedelta(seconds=1860)


def test_a_gift_nobody_paid_for_frees_its_room_when_its_lease_is_over(need, time_machine):
    fund = MatchFundFactory()
    donation = start_gift(need, 50_000)
    need.refresh_from_db()
    assert need.missing.minor == 0

    assert gifts_expire_unpaid() == 0
    time_machine.move_to(clock.now() + LEASE + timedelta(seconds=1))
    assert gifts_expire_unpaid() == 1
    assert gifts_expire_unpaid() == 0

    donation.refresh_from_db()
    need.refresh_from_db()
    assert donation.status == DonationStatus.EXPIRED
    assert need.committed_minor == 0
    assert fund_progress(fund).held.minor == 0
    assert violations() == []


def test_a_gift_with_an_open_page_is_left_to_its_provider(fake, need, time_machine):
    donation = start_gift(need, 2_000)
    checkout(donation)

    time_machine.move_to(clock.now() + LEASE * 2)
    assert gifts_expire_unpaid() == 0
    donation.refresh_from_db()
    assert donation.status == DonationStatus.PENDING
