"""What the seeding modules share: chance, time, places and people."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core import clock
from core.accounts.models import User
from demo.seed.plan import Plan
from demo.seed.timeline import Timeline
from matching.models import Campaign, Household, MatchFund, Organisation, Project, Region, Village

# The campaign opened this many days ago and goes on.
CAMPAIGN_DAYS = 10


@dataclass(frozen=True, slots=True)
class Township:
    """A township that takes part, with the people who work there and nowhere else."""

    region: Region
    villages: tuple[Village, ...]
    officer: User
    village_reviewer: User
    township_reviewer: User


@dataclass(slots=True)
class World:
    """The county being told. Filled step by step; nothing of it is kept afterwards."""

    plan: Plan
    now: datetime
    rng: random.Random
    timeline: Timeline
    people: dict[str, User] = field(default_factory=dict)
    county: Region | None = None
    townships: list[Township] = field(default_factory=list)
    charity: Organisation | None = None
    enterprises: list[Organisation] = field(default_factory=list)
    project: Project | None = None
    campaign: Campaign | None = None
    funds: list[MatchFund] = field(default_factory=list)
    # By township code: households registered and not yet given a need.
    households: dict[str, list[Household]] = field(default_factory=dict)
    # The campaign's needs that shall not be met in full: key, code and target in fen.
    stay_open: list[tuple[int, str, int]] = field(default_factory=list)

    @property
    def project_id(self) -> int:
        """The key of the one filed project; it is made first."""
        return self.project.pk if self.project else 0

    @property
    def campaign_id(self) -> int:
        """The key of the one campaign; it is made first."""
        return self.campaign.pk if self.campaign else 0

    @property
    def campaign_opens_at(self) -> datetime:
        """When the campaign in progress began."""
        return self.now - timedelta(days=CAMPAIGN_DAYS)

    def ago(self, days: float) -> datetime:
        """Return the instant that many days before now."""
        return self.now - timedelta(days=days)

    def at_work(self, days: float) -> datetime:
        """Return that many days ago, moved into office hours; never after now."""
        instant = self.ago(days).astimezone(clock.PROGRAMME_ZONE)
        hour = 9 + int((days * 7.3) % 8)
        moved = instant.replace(hour=hour, minute=int(days * 1440) % 60)
        return moved if moved <= self.now - timedelta(minutes=15) else instant

    def between(self, low: float, high: float) -> float:
        """Return a number in a range, by the seed."""
        return self.rng.uniform(low, high)
