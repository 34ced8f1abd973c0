"""Several facts at once, and all that an entry says besides its legs."""

from datetime import date

import pytest

from core import clock
from core.money import Money
from donations import chart
from donations.books.services.posting import Fact, credit, debit, post, post_all, reverse
from donations.exceptions import EntryKeyReusedError, UnbalancedEntryError
from donations.models import Entry, Posting
from donations.states import EntryKind
from tests.donations.booking import make_agreement
from tests.factories.matching import CampaignFactory, NeedFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 17)


def fact(key: str, minor: int = 100, **fields) -> Fact:
    legs = [
        debit(chart.provider_balance("stripe"), Money(minor)),
        credit(f"funds:need:N{key}", Money(minor)),
    ]
    return Fact(key=key, kind=EntryKind.GIFT, memo=f"memo {key}", legs=legs, **fields)


def said_of(entry: Entry) -> tuple:
    return (
        entry.key,
        entry.kind,
        entry.memo,
        entry.booked_on,
        entry.campaign_id,
        entry.need_id,
        entry.agreement_id,
        entry.township_code,
        entry.reverses_id,
    )


def booked() -> dict[str, list[int]]:
    legs = Posting.objects.order_by("pk").values_list("entry__key", "amount_minor")
    found: dict[str, list[int]] = {}
    for key, minor in legs:
        found.setdefault(key, []).append(minor)
    return found


def test_facts_are_booked_in_their_order_and_those_booked_before_are_told_again():
    (before,) = post_all(facts=[fact("b", 200)])

    entries = post_all(facts=[fact("a"), fact("b", 200), fact("c", 300)])

    assert [entry.key for entry in entries] == ["a", "b", "c"]
    assert entries[1].pk == before.pk
    assert booked() == {"b": [200, -200], "a": [100, -100], "c": [300, -300]}
    stored = list(Entry.objects.filter(pk__in=[entry.pk for entry in entries]))
    assert {entry.pk: said_of(entry) for entry in entries} == {
        entry.pk: said_of(entry) for entry in stored
    }
    assert post_all(facts=[fact("a"), fact("c", 300)]) == [entries[0], entries[2]]
    assert len(booked()) == 3


def test_the_entry_given_back_is_the_row_with_all_it_says():
    need = NeedFactory(published=True, campaign=CampaignFactory())
    first = post_all(facts=[fact("first")])[0]

    entry = post(
        key="whole",
        kind=EntryKind.FEE,
        memo="says all",
        legs=fact("whole").legs,
        purpose=need.purpose,
        reverses=first,
        booked_on=DAY,
    )

    assert said_of(entry) == (
        "whole",
        "fee",
        "says all",
        DAY,
        need.campaign_id,
        need.pk,
        None,
        "530627102000",
        first.pk,
    )
    assert said_of(Entry.objects.get(pk=entry.pk)) == said_of(entry)
    assert (entry._state.adding, entry._state.db) == (False, "default")
    assert entry.at == Entry.objects.get(pk=entry.pk).at


def test_an_entry_without_a_day_is_of_the_programmes_today():
    (entry,) = post_all(facts=[fact("a")])

    assert entry.booked_on == clock.today()
    assert Entry.objects.get().booked_on == clock.today()
    assert said_of(Entry.objects.get())[4:] == (None, None, None, "", None)


def test_one_wrong_fact_keeps_all_from_being_booked():
    wrong = Fact(
        key="w",
        kind=EntryKind.GIFT,
        memo="",
        legs=[debit(chart.provider_balance("stripe"), Money(1))],
    )

    with pytest.raises(UnbalancedEntryError, match="w: 1 legs, off by"):
        post_all(facts=[fact("a"), wrong])

    assert booked() == {}


def test_other_legs_under_a_known_key_are_refused_among_others():
    post_all(facts=[fact("a")])

    with pytest.raises(EntryKeyReusedError, match="a is booked with other legs"):
        post_all(facts=[fact("b"), fact("a", 101)])


def test_the_same_legs_in_another_order_are_the_same_fact():
    (entry,) = post_all(facts=[fact("a")])
    turned = Fact(key="a", kind=EntryKind.GIFT, memo="memo a", legs=list(reversed(fact("a").legs)))

    assert post_all(facts=[turned]) == [entry]


@pytest.mark.parametrize("what", ["need", "agreement", "campaign"])
def test_a_reversal_keeps_what_the_entry_was_for_and_may_have_a_key_of_its_own(what):
    need = NeedFactory(published=True, campaign=CampaignFactory())
    rows = {"need": need, "agreement": make_agreement(), "campaign": need.campaign}
    purpose = rows[what].purpose
    (entry,) = post_all(facts=[fact("a", purpose=purpose, booked_on=DAY)])

    back = reverse(entry=Entry.objects.get(pk=entry.pk), memo="taken back", key="own:key")

    assert said_of(back) == (
        "own:key",
        "reversal",
        "taken back",
        clock.today(),
        purpose.campaign_id,
        purpose.need_id,
        purpose.agreement_id,
        purpose.township_code,
        entry.pk,
    )
    said = {"need": back.need_id, "agreement": back.agreement_id, "campaign": back.campaign_id}
    assert said[what] == rows[what].pk
    assert [leg.amount_minor for leg in back.postings.order_by("pk")] == [-100, 100]
    (other,) = post_all(facts=[fact("b")])
    assert reverse(entry=other, memo="x").key == "b:reversed"


def test_an_account_says_what_its_money_is_for():
    need, campaign, agreement = NeedFactory(), CampaignFactory(), make_agreement()

    assert [
        chart.match_fund("F1"),
        chart.campaign_goods("day"),
        chart.fund_of(need.purpose),
        chart.fund_of(campaign.purpose),
        chart.fund_of(agreement.purpose),
    ] == [
        "assets:match:F1",
        "goods:campaign:day",
        f"funds:need:{need.code}",
        f"funds:campaign:{campaign.slug}",
        f"funds:pairing:{agreement.code}",
    ]


def test_an_account_of_a_series_is_told_from_a_single_one():
    assert [chart.series_of(code) for code in ("funds:need:N1", "funds:needless", chart.BANK)] == [
        ("funds:need:", "N1"),
        ("", "funds:needless"),
        ("", "assets:bank"),
    ]


def test_nothing_to_book_is_nothing_booked():
    assert post_all(facts=[]) == []
    assert booked() == {}
