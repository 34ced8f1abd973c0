"""Gifts in kind: recorded by one fund officer, confirmed by another."""

from datetime import timedelta
from functools import partial

from core.money import Money
from demo.seed.world import CAMPAIGN_DAYS, World
from demo.texts.records import GOODS
from donations.offline.services.goods import GoodsLine, goods_confirm, goods_record

# Yuan a piece, in the order of the texts.
UNIT_VALUES = (120, 18, 110, 65, 480)
CONFIRMED_AFTER = timedelta(hours=5)


def goods_plan(world: World) -> None:
    """Spread deliveries over the campaign's days; the newest wait to be confirmed."""
    for number in range(world.plan.goods):
        days = (CAMPAIGN_DAYS - 0.5) * (1 - number / world.plan.goods) + 0.05
        world.timeline.at(world.ago(days), partial(_receive, world, number))


def _receive(world: World, number: int) -> None:
    rng = world.rng
    which = number % len(GOODS)
    name, unit = GOODS[which]
    quantity = rng.choice((5, 8, 10, 15, 30))
    township = world.townships[number * 7 % len(world.townships)]
    giver = world.enterprises[number * 3 % len(world.enterprises)]
    gift = goods_record(
        actor=world.people["funds2"],
        campaign_id=world.campaign_id,
        village_id=rng.choice(township.villages).pk,
        line=GoodsLine(
            description=name[0],
            quantity=quantity,
            unit=unit[0],
            value=Money(UNIT_VALUES[which] * quantity * 100),
            basis="采购发票（示例）",
            giver_name=giver.name,
        ),
    )
    when = gift.created_at + CONFIRMED_AFTER
    world.timeline.at(when, lambda: goods_confirm(goods_id=gift.pk, actor=world.people["funds1"]))
