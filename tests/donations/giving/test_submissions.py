"""Is a sent gift form the gift it began before, another one, or a new one?"""

import uuid
from dataclasses import replace

import pytest
from django.http import QueryDict

from core.money import Money
from donations.exceptions import GiftRefusedError
from donations.giving.forms import submission_of
from donations.giving.selectors.gifts import give_target
from donations.giving.selectors.submissions import (
    Submission,
    gift_begun,
    is_same_gift,
    target_with_room_of,
)
from donations.giving.services.submissions import gift_submit, match_agree
from donations.models import Donation
from donations.provider.services.payments import gift_cancel
from donations.states import DonationStatus
from matching.exceptions import NeedShortfallError
from matching.needs.services.publishing import need_pause
from matching.states import Role
from tests.factories.donations import start_gift
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import make_person

pytestmark = pytest.mark.django_db
EMAIL = "donor@example.org"


@pytest.fixture
def wish(need) -> Submission:
    """Return a form that asks to give ¥50."""
    return Submission(uuid.uuid4(), give_target(need.code), Money(5_000, "CNY"), EMAIL)


def submit(wish: Submission, **more) -> Donation:
    return gift_submit(submission=wish, cancel=gift_cancel, **more)


def never(**_which: object) -> None:
    raise AssertionError("nothing was to be cancelled")


def test_the_same_form_sent_again_is_the_same_gift(wish):
    first = submit(wish, display_name="小王", message="加油")

    again = gift_submit(submission=wish, cancel=never, display_name="小张")

    assert again.pk == first.pk
    assert (again.display_name, again.message) == ("小王", "加油")
    assert Donation.objects.count() == 1


def test_an_address_written_otherwise_is_the_same_giver(wish):
    first = submit(wish)

    again = gift_submit(submission=replace(wish, email="Donor@Example.org"), cancel=never)

    assert again.pk == first.pk


@pytest.mark.parametrize(
    "change", [{"amount": Money(6_000, "CNY")}, {"email": "other@example.org"}], ids=str
)
def test_a_changed_form_is_another_gift_and_the_first_steps_aside(fake, wish, need, change):
    first = submit(wish)

    second = submit(replace(wish, **change))

    first.refresh_from_db()
    need.refresh_from_db()
    assert second.pk != first.pk
    assert second.client_token == replace(wish, **change).token
    assert (first.status, second.status) == (DonationStatus.FAILED, DonationStatus.PENDING)
    assert need.committed_minor == second.amount_minor


def test_a_form_for_another_purpose_is_another_gift(fake, wish, need):
    first = submit(wish)

    second = submit(replace(wish, target=give_target(need.campaign.slug)))

    first.refresh_from_db()
    assert first.status == DonationStatus.FAILED
    assert (second.need, second.campaign) == (None, need.campaign)


def test_a_first_gift_that_is_over_is_not_cancelled_again(fake, wish):
    first = submit(wish)
    gift_cancel(donation_id=first.pk)

    second = gift_submit(submission=replace(wish, amount=Money(6_000, "CNY")), cancel=never)

    assert second.status == DonationStatus.PENDING


def test_a_changed_form_sent_twice_is_one_other_gift(fake, wish):
    submit(wish)
    changed = replace(wish, amount=Money(6_000, "CNY"))

    assert submit(changed).pk == submit(changed).pk
    assert Donation.objects.count() == 2


def test_a_refused_wish_saves_nothing(wish):
    with pytest.raises((GiftRefusedError, NeedShortfallError)):
        submit(replace(wish, amount=Money(100_001, "CNY")))
    with pytest.raises(ValueError, match="amount"):
        submit(replace(wish, amount=None))

    assert Donation.objects.count() == 0


def test_what_a_form_began_is_found_by_its_token_and_by_its_own(fake, wish):
    changed = replace(wish, amount=Money(6_000, "CNY"))

    assert gift_begun(wish) is None
    first = submit(wish)
    assert gift_begun(wish) == first
    assert gift_begun(replace(wish, amount=None)) == first
    second = submit(changed)
    assert gift_begun(changed) == second
    assert gift_begun(replace(wish, form_token=uuid.uuid4())) is None


def test_a_campaign_is_never_full_by_ones_own_gift(wish, need):
    to_all = replace(wish, target=give_target(need.campaign.slug))
    submit(to_all)

    assert gift_begun(to_all) is None


def test_the_same_gift_is_same_in_amount_purpose_and_giver(wish, need):
    first = submit(wish)

    assert is_same_gift(first, wish) is True
    assert is_same_gift(first, replace(wish, amount=Money(5_001, "CNY"))) is False
    assert is_same_gift(first, replace(wish, email="other@example.org")) is False
    assert is_same_gift(first, replace(wish, target=give_target(need.campaign.slug))) is False


def test_ones_own_gift_leaves_its_room_to_the_form_that_began_it(need):
    own = start_gift(need, 100_000)
    full = give_target(need.code)
    assert full.is_open is False

    target = target_with_room_of(full, own)

    assert (target.is_open, target.most) == (True, Money(100_000, "CNY"))


def test_a_gift_that_is_over_or_a_need_that_is_paused_has_no_room_to_lend(fake, need):
    own = start_gift(need, 60_000)
    target = give_target(need.code)
    need_pause(need_id=need.pk, actor=make_person(Role.COUNTY_APPROVER), reason="复核")
    need.refresh_from_db()
    paused = replace(target, need=need)

    assert target_with_room_of(paused, own) is paused
    over = gift_cancel(donation_id=own.pk)
    assert target_with_room_of(target, over) is target


@pytest.mark.parametrize(
    ("shown", "accepted", "goes_on", "waived"),
    [
        (5_000, None, True, False),  # held as shown
        (4_000, None, True, False),  # more is held than was shown
        (6_000, None, False, False),  # less: asked first
        (6_000, 4_000, False, False),  # another figure was accepted than is held
        (6_000, 5_000, True, True),  # less, accepted
        (None, None, False, False),  # never shown: shown first
        (None, 5_000, True, False),  # shown by now, and nothing smaller
    ],
)
def test_nobody_pays_for_a_match_that_was_not_seen(need, shown, accepted, goes_on, waived):
    MatchFundFactory(authorised_minor=5_000)
    donation = start_gift(need, 5_000)
    assert donation.promised_match_minor == 5_000

    agreed = match_agree(donation=donation, shown_minor=shown, accepted_minor=accepted)

    donation.refresh_from_db()
    assert agreed is goes_on
    assert (donation.match_waived_at is not None) is waived


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ({"amount": "5000"}, 5_000),
        ({"amount": "own", "own_amount": " 66.50 "}, 6_650),
        ({"amount": "own", "own_amount": "x"}, None),
        ({}, None),
        # More than is missing: whether there is room is not asked here.
        ({"amount": "200000"}, 200_000),
    ],
)
def test_a_form_is_read_before_it_is_held_against_the_room(need, typed, minor):
    token, target = uuid.uuid4(), give_target(need.code)
    data = QueryDict(mutable=True)
    data.update({"client_token": str(token), "email": f" {EMAIL} "} | typed)

    found = submission_of(data, target)

    amount = None if minor is None else Money(minor, "CNY")
    assert found == Submission(token, target, amount, EMAIL)


def test_a_form_without_a_readable_token_began_nothing(need):
    assert submission_of(QueryDict("client_token=x&amount=5000"), give_target(need.code)) is None
