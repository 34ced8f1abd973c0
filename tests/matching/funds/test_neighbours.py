"""What happens to one gift leaves the matches of all others as they are."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection

from core import clock
from matching.funds.services.reservations import (
    match_capture,
    match_extend,
    match_release,
    match_reverse,
    reservations_expire,
)
from matching.models import DonorDayUse, MatchReservation, Need
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import NeedFactory
from tests.matching.funds.gifts import left, reserve

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fund_money_adds_up")]
HOUR = timedelta(hours=1)


@pytest.fixture
def two():
    """Return two capped funds, the later one asked first, and two gifts that both matched."""
    last = MatchFundFactory(priority=2, authorised_minor=50_000, donor_day_cap_minor=9_000)
    first = MatchFundFactory(priority=1, authorised_minor=1_500, donor_day_cap_minor=1_000)
    needs = [NeedFactory(published=True), NeedFactory(published=True)]
    for number, need in enumerate(needs, start=1):
        outcome = reserve(f"D{number}", 2_000, need_id=need.pk, donor_key=f"donor-{number}")
        assert outcome.total_minor == 2_000
    return first, last, needs


def rows(reference: str) -> list[tuple]:
    found = MatchReservation.objects.filter(reference=reference).order_by("fund__priority")
    return list(found.values_list("state", "amount_minor", "reversed_minor", "lease_until"))


def used(donor_key: str) -> list[int]:
    found = DonorDayUse.objects.filter(donor_key=donor_key).order_by("fund__priority")
    return list(found.values_list("used_minor", flat=True))


def test_the_fund_asked_first_gives_first_and_the_next_what_is_left(two):
    first, last, _needs = two

    assert [row[1] for row in rows("D1")] == [1_000, 1_000]
    assert [row[1] for row in rows("D2")] == [500, 1_500]
    assert (left(first), left(last)) == (0, 47_500)
    assert (used("donor-1"), used("donor-2")) == ([1_000, 1_000], [500, 1_500])


def test_releasing_one_gift(two):
    first, last, needs = two
    others = rows("D2")

    assert match_release(reference="D1") == 2_000

    assert rows("D2") == others
    released = MatchReservation.objects.filter(reference="D1")
    assert {(row.state, row.settled_at is not None) for row in released} == {("released", True)}
    assert (left(first), left(last)) == (1_000, 48_500)
    assert (used("donor-1"), used("donor-2")) == ([0, 0], [500, 1_500])
    committed = Need.objects.filter(pk__in=[need.pk for need in needs]).order_by("pk")
    assert list(committed.values_list("committed_minor", flat=True)) == [0, 2_000]


def test_capturing_one_gift_tells_its_funds_in_their_order(two):
    first, last, _needs = two
    others = rows("D2")

    parts = match_capture(reference="D1")

    assert [(part.fund_id, part.fund_code, part.sponsor_id) for part in parts] == [
        (first.pk, first.code, first.sponsor_id),
        (last.pk, last.code, last.sponsor_id),
    ]
    assert rows("D2") == others
    assert {row[0] for row in rows("D1")} == {"captured"}
    stamps = set(MatchReservation.objects.filter(reference="D1").values_list("settled_at"))
    match_capture(reference="D1")
    assert set(MatchReservation.objects.filter(reference="D1").values_list("settled_at")) == stamps
    assert None not in {stamp for (stamp,) in stamps}


def test_reversing_part_of_one_gift(two):
    first, last, _needs = two
    match_capture(reference="D1")
    match_capture(reference="D2")
    others = rows("D2")

    match_reverse(reference="D1", amount_minor=1_001)

    assert rows("D2") == others
    assert [row[2] for row in rows("D1")] == [1, 1_000]
    assert (left(first), left(last)) == (1, 48_500)
    assert (used("donor-1"), used("donor-2")) == ([999, 0], [500, 1_500])
    assert [part.amount_minor for part in match_capture(reference="D1")] == [999, 0]
    assert match_extend(reference="D1", lease_until=clock.now() + HOUR) == 999


def test_extending_one_gift_and_none_that_is_captured(two):
    others = rows("D2")
    later = clock.now() + HOUR

    match_extend(reference="D1", lease_until=later)

    assert rows("D2") == others
    assert {row[3] for row in rows("D1")} == {later}
    match_capture(reference="D1")
    match_extend(reference="D1", lease_until=later + HOUR)
    assert {row[3] for row in rows("D1")} == {later}


def test_leases_end_on_the_moment_each_for_itself_the_oldest_first(two):
    now = clock.now()
    MatchReservation.objects.filter(reference="D1").update(lease_until=now)
    MatchReservation.objects.filter(reference="D2").update(lease_until=now - HOUR)
    reserve("D3", 100, lease_until=now + timedelta(seconds=1), donor_key="donor-3")

    with clock.pretend(now):
        assert reservations_expire(limit=1) == 1
        assert {row[0] for row in rows("D1")} == {"held"}
        assert reservations_expire() == 1
        assert reservations_expire() == 0

    assert {row[0] for row in rows("D1") + rows("D2")} == {"released"}
    assert [row[0] for row in rows("D3")] == ["held"]


def test_two_leases_that_ended_are_two_gifts(two):
    MatchReservation.objects.update(lease_until=clock.now() - HOUR)

    assert reservations_expire() == 2


def test_leases_that_were_settled_long_ago_take_nobodys_turn(two):
    MatchReservation.objects.filter(reference="D1").update(lease_until=clock.now() - 9 * HOUR)
    match_release(reference="D1")
    MatchReservation.objects.filter(reference="D2").update(lease_until=clock.now() - HOUR)

    assert reservations_expire(limit=1) == 1


def test_a_promise_is_taken_off_the_day_it_was_counted_on():
    MatchFundFactory(donor_day_cap_minor=9_000, opens_at=clock.now() - 72 * HOUR)
    with clock.pretend(clock.now() - 24 * HOUR):
        reserve("D1", 1_000)
    reserve("D2", 2_000)
    days = DonorDayUse.objects.order_by("day")
    assert list(days.values_list("used_minor", flat=True)) == [1_000, 2_000]

    match_release(reference="D1")

    assert list(days.values_list("used_minor", flat=True)) == [0, 2_000]


def test_what_the_database_refuses_is_not_taken_for_a_gift_made_twice():
    MatchFundFactory()

    with pytest.raises(IntegrityError):
        reserve("D1", 1_000, donor_key=None)

    assert not MatchReservation.objects.exists()


@pytest.mark.skipif(connection.vendor == "postgresql", reason="takes from any slot at once")
def test_what_an_ordinary_gift_is_depends_on_the_funds_own_cap():
    capped = MatchFundFactory(slot_count=4, gift_cap_minor=1_000, priority=1)
    reserve("D1", 1_000)
    assert list(capped.slots.order_by("slot").values_list("remaining_minor", flat=True)) == [
        24_000, 25_000, 25_000, 25_000,
    ]  # fmt: skip
    capped.slots.update(remaining_minor=0)
    capped.authorised_minor = 1_000
    capped.save()
    free = MatchFundFactory(slot_count=4, priority=2)

    reserve("D2", 1_000)

    # For gifts of any size it is nearly used up: one row holds the rest.
    assert list(free.slots.order_by("slot").values_list("remaining_minor", flat=True)) == [
        99_000, 0, 0, 0,
    ]  # fmt: skip
