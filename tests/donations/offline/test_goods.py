"""Goods: valued by one, confirmed by another, on the board apart from cash."""

import pytest

from core.exceptions import (
    AlreadyDecidedError,
    FormReusedError,
    ReasonMissingError,
    SamePersonError,
)
from core.money import Money
from donations.exceptions import GoodsRefusedError
from donations.models import Entry, GoodsGift, TallyDelta
from donations.offline.selectors import goods_decided, goods_waiting
from donations.offline.services.goods import goods_confirm, goods_refuse
from donations.states import EntryKind
from donations.tallies.selectors import board
from donations.tallies.services import tally_fold
from matching.exceptions import RoleMissingError
from matching.states import Role
from tests.factories.matching import CampaignFactory, make_person, make_tree
from tests.factories.payouts import goods, officer, superuser

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(db):
    return CampaignFactory()


def test_confirmed_goods_are_booked_and_shown_apart_from_cash(campaign):
    gift, second = goods(campaign, officer()), officer()
    assert Entry.objects.count() == 0

    for _time in range(2):
        goods_confirm(goods_id=gift.pk, actor=second)
    tally_fold()

    entry = Entry.objects.get(kind=EntryKind.GOODS)
    assert dict(entry.postings.values_list("account__code", "amount_minor")) == {
        "goods:held": 50_000,
        f"goods:campaign:{campaign.slug}": -50_000,
    }
    delta = TallyDelta.objects.get()
    assert (delta.goods_minor, delta.cash_minor, delta.gifts) == (50_000, 0, 0)
    assert delta.township_code == "530627102000"
    shown = board(campaign)
    assert (shown.goods, shown.cash, shown.gifts) == (Money(50_000), Money(0), 0)
    assert list(goods_waiting()) == []


def test_who_recorded_goods_does_not_confirm_them(campaign):
    both = officer(is_superuser=True)
    gift = goods(campaign, both)

    with pytest.raises(SamePersonError):
        goods_confirm(goods_id=gift.pk, actor=both)

    assert Entry.objects.count() == 0


@pytest.mark.parametrize("person", [superuser, lambda: make_person(Role.AUDITOR)])
def test_without_the_role_nothing_is_recorded_or_confirmed(campaign, person):
    gift, stranger = goods(campaign, officer()), person()

    with pytest.raises(RoleMissingError):
        goods(campaign, stranger)
    with pytest.raises(RoleMissingError):
        goods_confirm(goods_id=gift.pk, actor=stranger)

    assert GoodsGift.objects.count() == 1
    assert Entry.objects.count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"basis": " "},
        {"quantity": 0},
        {"value": Money(0)},
        {"description": " "},
        {"description": "联系 13800000000"},
        {"unit": ""},
    ],
)
def test_goods_without_basis_or_substance_are_refused(campaign, changes):
    with pytest.raises(GoodsRefusedError):
        goods(campaign, officer(), **changes)

    assert GoodsGift.objects.count() == 0


def test_goods_go_to_a_village_of_the_campaign(campaign):
    with pytest.raises(GoodsRefusedError):
        goods(campaign, officer(), village_id=make_tree().foreign_village.pk)

    assert GoodsGift.objects.count() == 0


def test_the_same_form_sent_twice_is_one_record(campaign):
    person = officer()
    code = "D0000000000000001"

    first = goods(campaign, person, code=code)
    assert goods(campaign, person, code=code) == first
    with pytest.raises(FormReusedError):
        goods(campaign, officer(), code=code)

    assert GoodsGift.objects.count() == 1


def test_refused_goods_are_over_and_say_why(campaign):
    gift, second = goods(campaign, officer()), officer()

    with pytest.raises(ReasonMissingError):
        goods_refuse(goods_id=gift.pk, actor=second, reason="")
    for _time in range(2):
        goods_refuse(goods_id=gift.pk, actor=second, reason="数量不符")

    with pytest.raises(AlreadyDecidedError):
        goods_confirm(goods_id=gift.pk, actor=officer())
    assert list(goods_decided()) == [gift]
    assert Entry.objects.count() == 0
