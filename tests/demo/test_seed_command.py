"""Seeding: the same from the same seed, never over other data, never half."""

from datetime import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from core import clock
from core.accounts.models import User
from demo.database import broken_seeding_clear
from demo.seed import marker
from demo.seed.county import county_seed
from demo.seed.plan import STANDING, Plan
from demo.seed.timeline import Timeline
from donations.models import Donation, Entry, Receipt
from matching.models import Need
from tests import databases
from tests.factories.matching import UserFactory

SMALL = Plan(
    scale=0, townships=1, households=25, needs=13, gifts=12, goods=1, pairings=1, stories=0
)
# The notices of that autumn run over the October holidays.
NOW = datetime(2026, 10, 19, 15, 30, tzinfo=clock.PROGRAMME_ZONE)


def digest() -> list[list[tuple]]:
    """Return what a seeding decided, without the keys that a database gives."""
    return [
        list(Need.objects.order_by("code").values_list("code", "status", "target_minor",
                                                       "collected_minor", "published_at")),
        list(Donation.objects.order_by("code").values_list("code", "amount_minor", "matched_minor",
                                                           "status", "collected_at")),
        list(Entry.objects.order_by("key").values_list("key", "booked_on")),
        list(Receipt.objects.order_by("number").values_list("number", "verification_code")),
    ]  # fmt: skip


def test_the_same_seed_tells_the_same_county_and_another_another(committed_db):
    told = []
    for seed in (1, 1, 2):
        databases.restore()
        county_seed(plan=SMALL, progress=told.append, seed=seed, now=NOW)
        told.append(digest())
    first, again, other = (entry for entry in told if isinstance(entry, list))
    assert first == again
    assert other != first
    assert len(first[0]) == 13


def test_plans_grow_with_the_scale():
    one, ten = Plan.for_scale(1), Plan.for_scale(10)
    assert (one.households, one.needs, one.gifts) == (300, 120, 2000)
    assert (ten.households, ten.needs, ten.gifts) == (3000, 1200, 20_000)
    assert one.standing() == STANDING
    assert sum(ten.standing().values()) == 1200
    for plan in (one, ten, Plan.tiny()):
        assert plan.households // plan.townships >= 25


def test_a_database_with_other_data_is_left_alone(db):
    UserFactory(username="somebody")
    with pytest.raises(CommandError, match="not empty"):
        call_command("seed_demo")
    assert list(User.objects.values_list("username", flat=True)) == ["somebody"]
    assert not marker.is_broken()


def test_a_county_that_is_here_is_not_told_again(db, capsys):
    marker.begin(1)
    marker.end()
    call_command("seed_demo", progress=pytest.fail)
    assert "here already" in capsys.readouterr().out
    assert not User.objects.exists()


def test_an_interrupted_seeding_is_not_taken_for_a_county(db):
    marker.begin(1)
    assert marker.whole_scale() is None
    assert marker.is_broken()
    with pytest.raises(CommandError, match="interrupted"):
        call_command("seed_demo")


def test_the_next_start_begins_anew_or_says_what_to_do(committed_db):
    marker.begin(1)
    said: list[str] = []
    if connection.vendor == "sqlite":
        broken_seeding_clear(said.append)
        assert said == ["The last start was interrupted while loading; beginning anew."]
        assert not marker.is_broken()
    else:
        with pytest.raises(CommandError, match="interrupted"):
            broken_seeding_clear(said.append)
        assert marker.is_broken()


def test_a_whole_county_is_kept(db):
    marker.begin(1)
    marker.end()
    broken_seeding_clear(pytest.fail)
    assert marker.whole_scale() == 1


def test_acts_happen_in_order_of_time_and_the_future_does_not_happen(db):
    timeline = Timeline(NOW)
    happened: list[tuple[str, datetime]] = []

    def act(name: str):
        return lambda: happened.append((name, clock.now()))

    earlier, later = NOW.replace(day=3), NOW.replace(day=5)
    timeline.at(later, act("second"))
    timeline.at(earlier, act("first"))
    timeline.at(NOW.replace(day=20), act("never"))
    assert timeline.run(name="test", progress=lambda _line: None) == 2
    assert happened == [("first", earlier), ("second", later)]


@pytest.mark.parametrize("words", [{"scale": 0}, {"scale": 101}])
def test_scales_out_of_range_are_refused(words):
    with pytest.raises(CommandError, match="1 to 100"):
        call_command("seed_demo", **words)


def test_production_never_gets_the_demo(settings):
    settings.AIXIN_ENV = "production"
    with pytest.raises(CommandError, match="production forbids"):
        call_command("seed_demo")
