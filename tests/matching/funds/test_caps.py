"""A donor's day of a capped fund: one row for each fund, donor and day."""

from datetime import date, timedelta

import pytest

from matching.funds.services.caps import donor_day_add, donor_day_lock, donor_day_return
from matching.models import DonorDayUse
from tests.factories.funds import MatchFundFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 17)
NEXT = DAY + timedelta(days=1)


@pytest.fixture
def fund():
    """Return a fund with uses of two donors on two days, beside another fund's use."""
    fund, other = MatchFundFactory(), MatchFundFactory()
    DonorDayUse.objects.bulk_create(
        DonorDayUse(fund=each, donor_key=donor, day=day, used_minor=100)
        for each, donor, day in [
            (fund, "a", DAY),
            (fund, "b", DAY),
            (fund, "a", NEXT),
            (other, "a", DAY),
        ]
    )
    return fund


def uses() -> list[int]:
    return list(DonorDayUse.objects.order_by("pk").values_list("used_minor", flat=True))


def test_a_promise_counts_for_its_fund_donor_and_day_alone(fund):
    donor_day_add(fund_id=fund.pk, donor_key="a", day=DAY, amount_minor=20, cap_minor=120)
    assert uses() == [120, 100, 100, 100]

    donor_day_return(fund_id=fund.pk, donor_key="a", day=DAY, amount_minor=50)
    assert uses() == [70, 100, 100, 100]


def test_a_promise_over_the_cap_is_refused_to_the_cent(fund):
    with pytest.raises(RuntimeError, match="more than the day's cap leaves"):
        donor_day_add(fund_id=fund.pk, donor_key="a", day=DAY, amount_minor=21, cap_minor=120)

    assert uses() == [100, 100, 100, 100]


def test_locking_makes_what_is_missing_and_tells_what_is_used_by_fund_in_order(fund):
    new = MatchFundFactory()

    told = donor_day_lock(fund_ids=[new.pk, fund.pk], donor_key="b", day=DAY)

    assert list(told.items()) == [(fund.pk, 100), (new.pk, 0)]
    assert uses() == [100, 100, 100, 100, 0]
    assert donor_day_lock(fund_ids=[], donor_key="b", day=DAY) == {}
