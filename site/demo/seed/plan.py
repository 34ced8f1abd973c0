"""How much of everything: one table, scaled."""

from dataclasses import dataclass
from typing import Self

from matching.states import NeedStatus

S = NeedStatus

# Of 120 needs, how many stand where today.
STANDING: dict[NeedStatus, int] = {
    S.PUBLISHED: 44,
    S.CLOSED: 11,
    S.FUNDED: 9,
    S.DISBURSED: 8,
    S.IN_PUBLICITY: 9,
    S.FILED: 7,
    S.VILLAGE_APPROVED: 7,
    S.TOWNSHIP_APPROVED: 6,
    S.DRAFT: 5,
    S.VERIFIED: 5,
    S.REJECTED: 4,
    S.WITHDRAWN: 3,
    S.PAUSED: 2,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a seeding makes; the same plan and seed make the same."""

    scale: int
    townships: int
    households: int
    needs: int
    gifts: int
    goods: int
    pairings: int
    stories: int

    @classmethod
    def for_scale(cls, scale: int) -> Self:
        """The demo county at scale 1; ten times the rows at 10."""
        townships = min(30, 6 + 6 * scale)
        return cls(
            scale=scale,
            townships=townships,
            households=300 * scale,
            needs=120 * scale,
            gifts=2000 * scale,
            goods=24 * scale,
            pairings=8,
            stories=10,
        )

    @classmethod
    def tiny(cls) -> Self:
        """Enough for every state to occur; for tests."""
        return cls(
            scale=0, townships=2, households=50, needs=30, gifts=40, goods=3, pairings=2, stories=2
        )

    def standing(self) -> dict[NeedStatus, int]:
        """Return how many needs stand in each state, at least one in each."""
        counts = {status: max(1, self.needs * of // 120) for status, of in STANDING.items()}
        counts[S.PUBLISHED] += self.needs - sum(counts.values())
        return counts
