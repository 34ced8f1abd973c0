"""Match funds under many processes: never a fen more than the fund, never one lost."""

from datetime import timedelta
from itertools import chain

import pytest
from django.conf import settings
from django.db.models import Sum

from core import clock
from core.invariants import violations
from matching.models import DonorDayUse, MatchReservation, Need
from tests import databases
from tests.factories.funds import MatchFundFactory
from tests.factories.matching import NeedFactory
from tests.matching.funds.gifts import left, reserve
from tests.races.harness import run_together

GIFT = 1_000


def race(work: str, *, processes: int, **arguments):
    """Run one of ``match_work`` against this test's database."""
    return run_together(
        f"tests.races.match_work:{work}",
        processes=processes,
        database_url=databases.url(),
        var_dir=settings.VAR_DIR,
        **arguments,
    )


def held() -> int:
    """Return all live match money in minor units."""
    rows = MatchReservation.objects.filter(state__in=["held", "captured"])
    return rows.aggregate(total=Sum("amount_minor"))["total"] or 0


@pytest.mark.postgres
def test_without_protection_the_same_processes_promise_too_much(committed_db):
    """The control: if this fails, the tests below prove nothing."""
    fund = MatchFundFactory(authorised_minor=100 * GIFT)

    race("give_unprotected", processes=8, of=8, gifts=400, amount=GIFT)

    assert held() > fund.authorised_minor
    assert violations("matching") != []


@pytest.mark.postgres
@pytest.mark.parametrize("slot_count", [1, 64])
@pytest.mark.parametrize("processes", [8, 32])
def test_a_fund_worth_100_gifts_matches_100_of_500_donors(committed_db, processes, slot_count):
    fund = MatchFundFactory(authorised_minor=100 * GIFT - 300, slot_count=slot_count)

    results = race("give", processes=processes, of=processes, gifts=500, amount=GIFT)

    matches = sorted(chain.from_iterable(results), reverse=True)
    assert len(matches) == 500
    assert matches[:101] == [GIFT] * 99 + [700, 0]
    assert held() == fund.authorised_minor
    assert left(fund) == 0
    assert violations("matching") == []


def test_on_any_database_six_processes_take_exactly_the_fund(committed_db):
    fund = MatchFundFactory(authorised_minor=20 * GIFT - 300)

    results = race("give", processes=6, of=6, gifts=60, amount=GIFT)

    matches = sorted(chain.from_iterable(results), reverse=True)
    assert matches[:21] == [GIFT] * 19 + [700, 0]
    assert held() == fund.authorised_minor
    assert violations("matching") == []


@pytest.mark.postgres
def test_64_slots_drain_to_the_last_fen_under_32_processes(committed_db):
    fund = MatchFundFactory(authorised_minor=1_666_667, slot_count=64)

    results = race("give_any", processes=32, gifts=20, most=10_000)

    assert sum(chain.from_iterable(results)) == fund.authorised_minor == held()
    assert left(fund) == 0
    assert MatchReservation.objects.filter(limited_by="fund_empty").count() == 1
    assert violations("matching") == []


@pytest.mark.postgres
def test_fifty_tabs_of_one_donor_stay_within_the_days_cap(committed_db):
    fund = MatchFundFactory(donor_day_cap_minor=7 * GIFT + 300, slot_count=64)

    results = race("give_in_tabs", processes=25, of=25, gifts=50, amount=GIFT)

    matches = sorted(chain.from_iterable(results), reverse=True)
    assert matches[:9] == [GIFT] * 7 + [300, 0]
    assert held() == DonorDayUse.objects.get().used_minor == 7 * GIFT + 300
    assert left(fund) == fund.authorised_minor - held()
    assert violations("matching") == []


@pytest.mark.postgres
def test_one_gift_submitted_by_many_processes_holds_one_match(committed_db):
    fund = MatchFundFactory(slot_count=64, donor_day_cap_minor=50_000)

    results = race("give_same", processes=16, references=10, amount=GIFT)

    assert results == [[GIFT] * 10] * 16
    assert held() == 10 * GIFT == fund.authorised_minor - left(fund)
    assert violations("matching") == []


@pytest.mark.postgres
def test_gifts_and_matches_never_overfill_a_need(committed_db):
    need = NeedFactory(published=True, target_minor=50 * GIFT + 300)
    MatchFundFactory(slot_count=64, authorised_minor=10_000_000)

    taken = sum(race("give_to_need", processes=8, gifts=8, amount=GIFT, need_id=need.pk))

    need = Need.objects.get(pk=need.pk)
    assert need.committed_minor == taken * GIFT + held()
    assert need.target_minor - need.committed_minor < GIFT
    assert violations("matching") == []


@pytest.mark.postgres
def test_many_processes_releasing_the_same_gifts_return_money_once(committed_db):
    fund = MatchFundFactory(slot_count=64, donor_day_cap_minor=50_000)
    for number in range(30):
        reserve(f"D{number}", GIFT, donor_key=f"donor-{number}")

    results = race("release", processes=8, references=30)

    assert sum(results) == 30 * GIFT
    assert left(fund) == fund.authorised_minor
    assert violations("matching") == []


@pytest.mark.postgres
def test_what_is_captured_while_it_expires_is_one_or_the_other(committed_db):
    fund = MatchFundFactory(slot_count=64)
    for number in range(60):
        reserve(f"D{number}", GIFT, lease_until=clock.now() - timedelta(seconds=1))

    results = race("capture_or_expire", processes=8, references=60)

    states = dict(MatchReservation.objects.values_list("reference", "state"))
    captured = {reference for reference, state in states.items() if state == "captured"}
    assert set(states.values()) <= {"captured", "released"}
    assert captured == set(chain.from_iterable(results))
    assert left(fund) == fund.authorised_minor - len(captured) * GIFT
    assert violations("matching") == []


@pytest.mark.long
@pytest.mark.postgres
def test_a_hot_fund_drains_exactly_in_twenty_thousand_gifts(committed_db):
    fund = MatchFundFactory(authorised_minor=60_000_001, slot_count=64)

    results = race("give_any", processes=32, gifts=625, most=10_000)

    assert sum(chain.from_iterable(results)) == fund.authorised_minor == held()
    assert violations("matching") == []
