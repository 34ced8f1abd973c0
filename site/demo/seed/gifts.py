"""Gifts: the campaign's ten days, and those that met earlier needs."""

import uuid
from datetime import datetime, timedelta
from functools import partial

from core import clock, sql
from core.money import Money
from demo.seed.needs import NeedWalk
from demo.seed.payouts import payout_plan
from demo.seed.places import CAMPAIGN_SLUG
from demo.seed.world import CAMPAIGN_DAYS, World
from demo.texts.donors import DISPLAY_NAMES, MESSAGES
from donations.giving.services.collection import donation_collect, donation_expire, donation_fail
from donations.giving.services.gifts import gift_start
from donations.models import Donation
from donations.provider.services.refunds import refund_book
from donations.receipts.services.receipts import receipt_issue
from matching.states import NeedStatus

S = NeedStatus

# Yuan, with how often out of two hundred.
AMOUNTS = {1: 16, 5: 20, 10: 44, 20: 44, 50: 40, 100: 24, 200: 8, 500: 3, 1000: 1}
METHODS = {"alipay": 45, "wechat_pay": 40, "card": 15}
# Of how many a thousand gifts something becomes other than collected.
EXPIRED, FAILED, REFUNDED = 25, 15, 8
FEE_PER_THOUSAND = 6
# Share of the gifts that are for the campaign as a whole.
UNDIRECTED = 0.25
# Needs that shall stay open take no gift beyond a share of their target, each its own.
LEAVE_OPEN_PERCENT = (22, 94)
BUSY_HOURS = (0, 0, 0, 0, 0, 1, 2, 4, 6, 7, 7, 6, 8, 7, 6, 6, 6, 6, 7, 9, 11, 11, 8, 3)
GIVERS_PER_GIFT = 0.35
COMMITTED = f"""
SELECT committed_minor FROM matching_need
WHERE id = %s AND status = {sql.literals(NeedStatus.PUBLISHED)}
"""  # noqa: S608 constants
RECEIPT_AFTER = timedelta(seconds=4)


class Givers:
    """Makes gifts at the timeline's instants. Every random choice is the seed's."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.rng = world.rng
        self.charges = 0
        self.planned = 0

    # --- the campaign

    def campaign_plan(self, count: int) -> None:
        """Spread gifts over the campaign's days, more by day and more towards today."""
        for _number in range(count):
            self.world.timeline.at(self._moment(), self._campaign_gift)

    def _moment(self) -> datetime:
        rng, world = self.rng, self.world
        days = CAMPAIGN_DAYS * rng.random() ** 1.3
        local = world.ago(days).astimezone(clock.PROGRAMME_ZONE)
        hour = rng.choices(range(24), BUSY_HOURS)[0]
        moved = local.replace(hour=hour, minute=rng.randrange(60), second=rng.randrange(60))
        late = world.now - timedelta(minutes=4)
        return moved if world.campaign_opens_at < moved < late else min(local, late)

    def _campaign_gift(self) -> None:
        amount = self.rng.choices(list(AMOUNTS), list(AMOUNTS.values()))[0] * 100
        self.give(amount, "" if self.rng.random() < UNDIRECTED else self._open_need(amount))

    def _open_need(self, amount: int) -> str:
        """Return the code of a need of the campaign with room for the gift and to spare."""
        known = self.world.stay_open
        for number in self.rng.choices(range(len(known)), self._pulls(), k=3) if known else ():
            need_id, code, target = known[number]
            low, high = LEAVE_OPEN_PERCENT
            ceiling = target * (low + number * 37 % (high - low)) // 100
            committed = sql.rows(COMMITTED, [need_id])
            if committed and committed[0][0] + 2 * amount <= ceiling:
                return code
        return ""

    def _pulls(self) -> list[int]:
        """Some families move people more than others."""
        return [1 + number * 7 % 5 for number in range(len(self.world.stay_open))]

    # --- needs that were met

    def fill_plan(self, walk: NeedWalk, *, since: datetime, until: datetime) -> None:
        """Let a need be met by several gifts between two instants, the last one exact."""
        parts = self.rng.randint(5, 11)
        self.planned += parts
        span = until - since
        instants = sorted(since + span * self.rng.random() for _part in range(parts))
        for number, instant in enumerate(instants):
            last = number == parts - 1
            self.world.timeline.at(instant, partial(self._fill, walk, parts - number, last=last))

    def some_plan(self, walk: NeedWalk, begins: datetime) -> None:
        """Let a few gifts come to an open need outside the campaign."""
        count = self.rng.randint(2, 6)
        self.planned += count
        span = self.world.now - begins
        for _number in range(count):
            moment = begins + span * self.rng.random() * 0.95
            self.world.timeline.at(moment, partial(self._one_of_some, walk))

    def _one_of_some(self, walk: NeedWalk) -> None:
        need = walk.need()
        if need.status == S.PUBLISHED and need.missing.minor > need.target_minor // 3:
            self.give(min(20_000, max(100, need.missing.minor // 600 * 100)), need.code)

    def _fill(self, walk: NeedWalk, left: int, *, last: bool) -> None:
        need = walk.need()
        if need.status != S.PUBLISHED or not need.missing.minor:
            return
        share = need.missing.minor // (left + 1) // 100 * 100
        self.give(need.missing.minor if last else max(share, 100), need.code, certain=True)

    # --- one gift

    def give(self, amount: int, need_code: str, *, certain: bool = False) -> Donation:
        """Promise a gift of so many fen, to the campaign without a code, and let it come about."""
        rng = self.rng
        donor = int(self.world.plan.gifts * GIVERS_PER_GIFT * rng.random() ** 1.4)
        anonymous = rng.random() < 0.3
        language = 0 if rng.random() < 0.93 else 1
        donation = gift_start(
            client_token=uuid.UUID(int=rng.getrandbits(128), version=4),
            need_code=need_code,
            campaign_slug="" if need_code else CAMPAIGN_SLUG,
            amount=Money(amount),
            email=f"giver-{donor}@example.org",
            display_name="" if anonymous else DISPLAY_NAMES[donor % len(DISPLAY_NAMES)],
            is_anonymous=anonymous,
            message=rng.choice(MESSAGES)[language] if rng.random() < 0.25 else "",
            language=("zh-hans", "en")[language],
        )
        paid = clock.now() + timedelta(seconds=rng.randint(20, 150))
        chance = 1000 if certain else rng.randrange(1000)
        self._settle(donation, paid, chance)
        return donation

    def _settle(self, donation: Donation, paid: datetime, chance: int) -> None:
        timeline, pk = self.world.timeline, donation.pk
        over = clock.now() + timedelta(minutes=31)
        if chance < EXPIRED and over < self.world.now:
            timeline.at(over, lambda: donation_expire(donation_id=pk))
            return
        if EXPIRED <= chance < EXPIRED + FAILED:
            timeline.at(paid, lambda: donation_fail(donation_id=pk, cause="card_declined"))
            return
        timeline.at(paid, lambda: self._collect(donation))
        timeline.at(paid + RECEIPT_AFTER, lambda: receipt_issue(donation_id=pk))
        if EXPIRED <= chance < EXPIRED + FAILED + REFUNDED:
            timeline.at(
                paid + timedelta(hours=20),
                lambda: refund_book(donation_id=pk, refunded_minor=donation.amount_minor),
            )

    def _collect(self, donation: Donation) -> None:
        self.charges += 1
        donation_collect(
            donation_id=donation.pk,
            charge_id=f"ch_demo_{self.charges:07d}",
            method=self.rng.choices(list(METHODS), list(METHODS.values()))[0],
            fee_minor=donation.amount_minor * FEE_PER_THOUSAND // 1000,
        )


def gifts_plan(world: World, walks: list[NeedWalk]) -> None:
    """Put all gifts on the timeline; what met needs do not take comes to the campaign."""
    givers = Givers(world)
    for walk in walks:
        wish = walk.wish
        published = world.at_work(wish.published_days) if wish.published_days else None
        if published is None:
            continue
        begins = published + timedelta(hours=2)
        if wish.status in {S.DISBURSED, S.CLOSED}:
            met = begins + timedelta(days=world.between(6, 14))
            givers.fill_plan(walk, since=begins, until=met)
            payout_plan(world, walk, met)
        elif wish.status == S.FUNDED:
            opens = max(begins, world.campaign_opens_at) if wish.in_campaign else begins
            givers.fill_plan(walk, since=opens, until=world.ago(0.3))
            payout_plan(world, walk, world.now)
        elif not wish.in_campaign:
            givers.some_plan(walk, begins)
    givers.campaign_plan(max(world.plan.gifts - givers.planned, world.plan.gifts // 2))
