"""Registered households: invented families whose identity numbers cannot exist."""

from datetime import date, timedelta
from functools import partial

from core import clock
from demo.seed.world import Township, World
from matching.models import Household
from matching.registry.identity import check_digit_fits
from matching.registry.services.consents import consent_record
from matching.registry.services.households import ConsentTerms, household_register
from matching.states import ConsentScope

SURNAMES = "张王李陈杨刘赵周吴徐孙马朱胡郭何罗高林申成常邓余"
GIVEN = "示例甲乙丙丁戊己庚辛壬癸"
# In turn, so that each band of a township of 25 has five households or more.
BANDS = ("4-5", "2-3", "6+", "1", "4-5", "2-3", "4-5", "2-3", "6+", "1")
REGISTERED_DAYS_AGO = (141, 170)


def households_plan(world: World) -> None:
    """Put the registration of every household on the timeline."""
    places = len(world.townships)
    for number in range(world.plan.households):
        township = world.townships[number % places]
        moment = world.at_work(world.between(*REGISTERED_DAYS_AGO))
        world.timeline.at(moment, partial(_register, world, township, number, number // places))


def _register(world: World, township: Township, number: int, turn: int) -> None:
    """Register one; all agree that their need is shown, every other one to a story as well."""
    rng = world.rng
    band = BANDS[turn % len(BANDS)]
    today = clock.today()
    household = household_register(
        actor=township.officer,
        village_id=township.villages[turn % len(township.villages)].pk,
        size_band=band,
        head_name=rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, 2)),
        id_number=invalid_id_number(number),
        has_minors=band != Household.SizeBand.ONE and rng.random() < 0.6,
        phone=f"100{number:08d}",
        address=f"{township.region.name}示例路{number + 1}号",
        bank_card=f"0000{number:012d}",
        consent=ConsentTerms(channel="入户当面签字", given_on=today, expires_on=_years(2)),
    )
    if turn % 2:
        consent_record(
            actor=township.officer,
            household_id=household.pk,
            scope=ConsentScope.PUBLISH_STORY,
            channel="入户当面签字",
            given_on=today,
            expires_on=_years(1),
        )
    world.households.setdefault(township.region.code, []).append(household)


def _years(count: int) -> date:
    return clock.today() + timedelta(days=365 * count)


def invalid_id_number(number: int) -> str:
    """Return an identity number that nobody can have: born on a 30 February.

    Distinct for 100,000 households; the check digit is wrong too.
    """
    body = f"530627{1900 + number // 1000}0230{number % 1000:03d}"
    return next(f"{body}{last}" for last in "01" if not check_digit_fits(f"{body}{last}"))
