"""Which needs there will be: what each asks for, where it stands today, and when it got there."""

from dataclasses import dataclass
from itertools import cycle

from demo.seed.world import CAMPAIGN_DAYS, Township, World
from demo.texts.needs import NEEDS
from demo.texts.shapes import NeedText
from matching.states import NeedStatus

S = NeedStatus

# Days ago, from and to, on which the county approved: what is public waited out its notice,
# at most 17 days where the October holidays fall into it.
APPROVED: dict[NeedStatus, tuple[float, float]] = {
    S.IN_PUBLICITY: (0.4, 3.6),
    S.VERIFIED: (18.5, 25),
    S.PAUSED: (42, 60),
    S.DISBURSED: (44, 62),
    S.CLOSED: (75, 125),
}
# Drafted that many days ago, of those that have not come to the county.
DRAFTED: dict[NeedStatus, tuple[float, float]] = {
    S.DRAFT: (0.2, 6),
    S.FILED: (1, 5),
    S.VILLAGE_APPROVED: (3.5, 8),
    S.TOWNSHIP_APPROVED: (6.5, 11),
    S.REJECTED: (12, 40),
    S.WITHDRAWN: (12, 40),
}
NOTICE_DAYS = 18
# One of eight was sent back once on its way; one of seven open needs is not of the campaign.
SENT_BACK_EVERY = 8
OUTSIDE_EVERY = 7


@dataclass(frozen=True, slots=True)
class Wish:
    """A need to come. ``turn`` counts the needs of its state and chooses its variant."""

    number: int
    turn: int
    status: NeedStatus
    text: NeedText
    township: Township
    in_campaign: bool
    sent_back: bool
    drafted_days: float
    approved_days: float
    published_days: float


def wishes(world: World) -> list[Wish]:
    """Return the needs of the plan: every state, every category within the large states."""
    texts = cycle(_by_turns())
    townships = cycle(world.townships)
    made: list[Wish] = []
    for status, count in world.plan.standing().items():
        for turn in range(count):
            made.append(
                _wish(
                    world,
                    status,
                    number=len(made),
                    turn=turn,
                    text=next(texts),
                    township=next(townships),
                )
            )
    return made


def _by_turns() -> list[NeedText]:
    """The texts so ordered that seven in a row are of seven categories."""
    by_category: dict[str, list[NeedText]] = {}
    for text in NEEDS:
        by_category.setdefault(text.category, []).append(text)
    return [text for row in zip(*by_category.values(), strict=True) for text in row]


def _wish(
    world: World,
    status: NeedStatus,
    *,
    number: int,
    turn: int,
    text: NeedText,
    township: Township,
) -> Wish:
    in_campaign = status in {S.PUBLISHED, S.FUNDED, S.PAUSED} and turn % OUTSIDE_EVERY != 3
    published = _published_days(world, status, in_campaign=in_campaign)
    approved = published + NOTICE_DAYS + world.between(0, 2) if published else 0.0
    if status in {S.IN_PUBLICITY, S.VERIFIED}:
        approved = world.between(*APPROVED[status])
    elif not published:
        approved = 0.0
    sent_back = bool(approved) and number % SENT_BACK_EVERY == 5
    drafted = world.between(*DRAFTED[status]) if status in DRAFTED else approved
    if approved:
        drafted = approved + world.between(6, 8) + (3 if sent_back else 0)
    return Wish(
        number=number,
        turn=turn,
        status=status,
        text=text,
        township=township,
        in_campaign=in_campaign,
        sent_back=sent_back,
        drafted_days=drafted,
        approved_days=approved,
        published_days=published,
    )


def _published_days(world: World, status: NeedStatus, *, in_campaign: bool) -> float:
    """Return how many days ago it was published; 0 if it was not."""
    if status in {S.PUBLISHED, S.FUNDED}:
        low, high = (1.5, CAMPAIGN_DAYS + 3.0) if in_campaign else (20.0, 45.0)
        return world.between(max(low, 6.0) if status == S.FUNDED else low, high)
    if status == S.PAUSED:
        return world.between(CAMPAIGN_DAYS, CAMPAIGN_DAYS + 8)
    if status in {S.DISBURSED, S.CLOSED}:
        low, high = APPROVED[status]
        return world.between(low - NOTICE_DAYS - 2, high - NOTICE_DAYS - 2)
    return 0.0
