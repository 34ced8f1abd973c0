"""After reserving: extend, capture, release, expire, reverse. Money returns at most once."""

from datetime import timedelta

import pytest

from core import clock
from matching.funds.selectors.funds import match_held_minor
from matching.funds.services.reservations import (
    Captured,
    match_capture,
    match_extend,
    match_release,
    match_reverse,
    reservations_expire,
)
from matching.funds.tasks import reservations_expire as expire_task
from matching.models import DonorDayUse, MatchReservation, Need
from matching.needs.services.funding import need_commit
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import NeedFactory
from tests.matching.funds.gifts import left, reserve

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fund_money_adds_up")]


def past():
    return clock.now() - timedelta(seconds=1)


def test_release_twice_returns_money_once():
    fund = MatchFundFactory(donor_day_cap_minor=5_000)
    need = NeedFactory(published=True)
    reserve("D1", 3_000, need_id=need.pk)

    assert (match_release(reference="D1"), match_release(reference="D1")) == (3_000, 0)

    assert left(fund) == 100_000
    assert DonorDayUse.objects.get().used_minor == 0
    assert Need.objects.get(pk=need.pk).committed_minor == 0


def test_a_released_gift_can_be_reserved_again():
    fund = MatchFundFactory()
    reserve("D1", 3_000)
    match_release(reference="D1")

    assert reserve("D1", 4_000).total_minor == 4_000
    assert left(fund) == 96_000
    assert MatchReservation.objects.filter(reference="D1").count() == 2


def test_capture_makes_the_match_permanent_and_repeats_its_answer():
    fund = MatchFundFactory()
    reserve("D1", 3_000)

    first = match_capture(reference="D1")

    assert match_capture(reference="D1") == first
    assert first == [Captured(fund.pk, fund.code, fund.sponsor_id, 3_000, "CNY")]
    assert match_release(reference="D1") == 0
    assert left(fund) == 97_000
    assert match_held_minor("D1") == 3_000


def test_capture_after_the_lease_ended_but_before_expiry_still_counts():
    MatchFundFactory()
    reserve("D1", 3_000, lease_until=past())

    assert [part.amount_minor for part in match_capture(reference="D1")] == [3_000]
    assert reservations_expire() == 0


def test_expiry_returns_what_nobody_paid_for_and_nothing_else():
    fund = MatchFundFactory(slot_count=64)
    need = NeedFactory(published=True)
    reserve("D1", 1_000, need_id=need.pk, lease_until=past())
    reserve("D2", 2_000)
    reserve("D3", 4_000, lease_until=past())
    match_capture(reference="D3")

    expire_task()

    states = dict(MatchReservation.objects.values_list("reference", "state"))
    assert states == {"D1": "released", "D2": "held", "D3": "captured"}
    assert left(fund) == 94_000
    assert Need.objects.get(pk=need.pk).committed_minor == 0
    assert match_capture(reference="D1") == []


def test_expiry_goes_on_after_one_gift_that_cannot_be_released():
    fund = MatchFundFactory()
    reserve("D1", 1_000, lease_until=past())
    broken = NeedFactory(published=True)
    reserve("D2", 2_000, need_id=broken.pk, lease_until=past() - timedelta(hours=1))
    Need.objects.filter(pk=broken.pk).update(committed_minor=0)

    expired = reservations_expire()

    assert expired == 1
    assert left(fund) == 98_000
    Need.objects.filter(pk=broken.pk).update(committed_minor=2_000)


def test_extending_never_shortens_and_tells_what_is_held():
    MatchFundFactory()
    reserve("D1", 1_000)
    before = MatchReservation.objects.get().lease_until
    later = before + timedelta(hours=1)

    assert match_extend(reference="D1", lease_until=before - timedelta(minutes=5)) == 1_000
    assert MatchReservation.objects.get().lease_until == before
    assert match_extend(reference="D1", lease_until=later) == 1_000
    assert MatchReservation.objects.get().lease_until == later
    match_release(reference="D1")
    assert match_extend(reference="D1", lease_until=later + timedelta(hours=1)) == 0


def test_a_refund_gives_back_to_the_fund_asked_last_first():
    first = MatchFundFactory(priority=1, authorised_minor=3_000, donor_day_cap_minor=9_000)
    second = MatchFundFactory(priority=2)
    reserve("D1", 5_000)
    match_capture(reference="D1")

    part = match_reverse(reference="D1", amount_minor=2_500)
    rest = match_reverse(reference="D1", amount_minor=99_999)

    assert [(item.fund_id, item.amount_minor) for item in part] == [
        (first.pk, 500),
        (second.pk, 2_000),
    ]
    assert [(item.fund_id, item.amount_minor) for item in rest] == [(first.pk, 2_500)]
    assert match_reverse(reference="D1", amount_minor=1) == []
    assert (left(first), left(second)) == (3_000, 100_000)
    assert match_held_minor("D1") == 0
    assert DonorDayUse.objects.get(fund=first).used_minor == 0


def test_a_held_match_cannot_be_reversed():
    fund = MatchFundFactory()
    reserve("D1", 5_000)

    assert match_reverse(reference="D1", amount_minor=5_000) == []
    assert left(fund) == 95_000


def test_a_gift_whose_room_is_held_from_before_is_matched_in_the_rest():
    MatchFundFactory()
    need = NeedFactory(published=True, target_minor=10_000)
    need_commit(need_id=need.pk, amount_minor=5_000)

    outcome = reserve("D1", 5_000, need_id=need.pk, gift_committed=True)

    assert outcome.total_minor == 5_000
    assert Need.objects.get(pk=need.pk).committed_minor == 10_000
