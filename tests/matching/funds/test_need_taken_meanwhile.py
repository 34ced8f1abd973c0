"""The need's room went to others since it was looked at: less match, and never more than fits."""

from datetime import timedelta

import pytest

from core import clock
from core.money import Money
from matching.exceptions import NeedShortfallError
from matching.funds.engine.rules import GiftFacts
from matching.funds.selectors.rules import rules_in_force
from matching.funds.services.allocation import Room, funds_take
from matching.funds.services.slots import Draft
from matching.models import DonorDayUse, MatchReservation, Need
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import NeedFactory
from tests.matching.funds.gifts import left

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fund_money_adds_up")]
GIFT = 500


@pytest.fixture
def funds():
    """Return a small capped fund that is asked first, and one that fills up the match."""
    return (
        MatchFundFactory(priority=1, authorised_minor=300, donor_day_cap_minor=400),
        MatchFundFactory(priority=2),
    )


def take(need, room: Room):
    """Ask the funds as if the need had room for everything."""
    now = clock.now()
    facts = GiftFacts(amount_minor=GIFT, currency="CNY", at=now, region_code="530627102201")
    draft = Draft(
        reference="D1",
        donor_key="donor-1",
        need_id=need.pk,
        gift_minor=GIFT,
        currency="CNY",
        counted_on=clock.day_of(now),
        lease_until=now + timedelta(minutes=10),
    )
    rules = rules_in_force(currency="CNY", at=now)
    match = funds_take(facts=facts, rules=rules, draft=draft, room=room)
    return [(part.amount_minor, part.limited_by) for part in match.parts]


def need_with(room: int, **fields) -> Need:
    """Return a published need that others left so much room."""
    return NeedFactory(published=True, target_minor=10_000, committed_minor=10_000 - room, **fields)


@pytest.mark.parametrize(
    ("room", "parts"),
    [
        (1_000, [(300, "fund_empty"), (200, "")]),
        (999, [(300, "fund_empty"), (199, "need_full")]),
        (801, [(300, "fund_empty"), (1, "need_full")]),
        (800, [(300, "fund_empty"), (0, "need_full")]),
        (799, [(299, "need_full"), (0, "need_full")]),
        (501, [(1, "need_full"), (0, "need_full")]),
        (500, [(0, "need_full"), (0, "need_full")]),
    ],
)
@pytest.mark.parametrize("takes", [True, False])
def test_the_fund_asked_last_gives_way_first(funds, room, parts, takes):
    need = need_with(room)
    small, large = funds

    # Either the gift's own room is taken along or it is left for the gift.
    got = take(need, Room(take_minor=GIFT) if takes else Room(leave_minor=GIFT))

    assert got == parts
    matched = [amount for amount, _why in parts]
    assert (left(small), left(large)) == (300 - matched[0], 100_000 - matched[1])
    need.refresh_from_db()
    assert need.committed_minor == 10_000 - room + sum(matched) + (GIFT if takes else 0)
    kept = MatchReservation.objects.order_by("fund__priority")
    assert list(kept.values_list("amount_minor", "limited_by")) == [
        part for part in parts if part[0]
    ]
    assert list(DonorDayUse.objects.values_list("used_minor", flat=True)) == [matched[0]]


def test_a_gift_that_has_no_room_itself_takes_nothing(funds):
    need = need_with(GIFT - 1)

    with pytest.raises(NeedShortfallError, match=r"还差 ¥4\.99"):
        take(need, Room(take_minor=GIFT))


def test_a_need_that_was_paused_meanwhile_takes_no_match(funds):
    need = need_with(5_000)
    other = need_with(5_000)
    Need.objects.filter(pk=need.pk).update(status="paused")

    assert take(need, Room(leave_minor=GIFT)) == [(0, "need_full"), (0, "need_full")]

    assert (left(funds[0]), left(funds[1])) == (300, 100_000)
    assert not MatchReservation.objects.exists()
    for each in (need, other):
        each.refresh_from_db()
        assert each.missing == Money(5_000)


def test_a_paused_need_refuses_the_gift_too(funds):
    need = need_with(5_000)
    Need.objects.filter(pk=need.pk).update(status="paused")

    with pytest.raises(NeedShortfallError, match="不接受捐赠"):
        take(need, Room(take_minor=GIFT))
