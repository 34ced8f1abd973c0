"""The quote tells before the gift what the reservation will hold, in both languages."""

from datetime import timedelta

import pytest
from django.utils import translation

from core import clock
from core.money import Money
from matching.funds.selectors.funds import match_quote
from matching.models import MatchReservation
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import CampaignFactory, NeedFactory
from tests.matching.funds.gifts import reserve

pytestmark = pytest.mark.django_db


def test_a_quote_equals_the_reservation_and_holds_nothing():
    MatchFundFactory(priority=1, authorised_minor=1_500)
    MatchFundFactory(priority=2, gift_cap_minor=2_000)
    need = NeedFactory(published=True)

    quote = match_quote(amount=Money(9_000), need=need, campaign=None, donor_key="donor-1")

    assert not MatchReservation.objects.exists()
    outcome = reserve("D1", 9_000, need_id=need.pk)
    assert quote.total == Money(outcome.total_minor) == Money(3_500)
    assert [part.amount.minor for part in quote.parts] == [1_500, 2_000]
    assert quote.explanation == outcome.explanation


def test_a_quote_knows_what_the_donor_was_promised_today():
    MatchFundFactory(donor_day_cap_minor=5_000)
    reserve("D1", 4_000)
    campaign = CampaignFactory()

    def total(donor_key: str) -> Money:
        amount = Money(3_000)
        return match_quote(amount=amount, need=None, campaign=campaign, donor_key=donor_key).total

    assert total("donor-1") == Money(1_000)
    assert total("") == Money(3_000)


def test_a_quote_says_in_both_languages_what_limits_the_match():
    fund = MatchFundFactory(gift_cap_minor=2_000)
    sponsor = fund.sponsor

    quote = match_quote(amount=Money(3_000), need=None, campaign=CampaignFactory())

    assert quote.sentences == [f"{sponsor.name}的“{fund.name}”配捐 ¥20：每笔最多配捐 ¥20。"]
    with translation.override("en"):
        assert quote.parts[0].fund_name == fund.name
        assert len(quote.sentences) == 1


def test_a_quote_tells_when_a_fund_opens():
    opens = clock.now() + timedelta(hours=2)
    MatchFundFactory(opens_at=opens, closes_at=opens + timedelta(days=1))

    quote = match_quote(amount=Money(3_000), need=None, campaign=CampaignFactory())

    assert quote.total == Money(0)
    assert [item["limited_by"] for item in quote.explanation] == ["not_open_yet"]


def test_a_quote_costs_few_queries(django_assert_max_num_queries):
    MatchFundFactory.create_batch(3, donor_day_cap_minor=5_000, slot_count=64)
    campaign = CampaignFactory()

    with django_assert_max_num_queries(3):
        match_quote(amount=Money(3_000), need=None, campaign=campaign, donor_key="donor-1")
