"""A campaign's board: read from its counters, at a cost that does not grow with gifts."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache

from core.money import Money
from donations.models import Donation, TallyCounter
from donations.states import DonationStatus
from matching.models import Campaign, Region
from matching.models.places import in_language

CACHE_SECONDS = 1
LATEST = 8


@dataclass(frozen=True, slots=True)
class BoardPlace:
    """One township's figures; ``code`` is '' for what is for the whole campaign."""

    code: str
    name: str
    name_en: str
    cash: Money
    matched: Money
    goods: Money
    gifts: int
    donors: int

    @property
    def label(self) -> str:
        """The name in the language being read; '' for the whole campaign."""
        return in_language(self.name, self.name_en)


@dataclass(frozen=True, slots=True)
class LatestGift:
    """A gift as the public may see it; ``name`` is masked, '' for an anonymous giver."""

    name: str
    amount: Money
    matched: Money
    at: datetime


@dataclass(frozen=True, slots=True)
class Board:
    """A campaign's figures. Cash, match and goods are three numbers, never added."""

    slug: str
    currency: str
    target: Money
    cash: Money
    matched: Money
    goods: Money
    gifts: int
    donors: int
    places: tuple[BoardPlace, ...]
    latest: tuple[LatestGift, ...]
    # When a figure last changed; the campaign's start while nothing came.
    as_of: datetime

    @property
    def townships(self) -> tuple[BoardPlace, ...]:
        """The places that are townships, greatest cash first."""
        named = [place for place in self.places if place.code]
        return tuple(sorted(named, key=lambda place: (-place.cash.minor, place.code)))


def board(campaign: Campaign) -> Board:
    """Return a campaign's figures as folded so far: three queries, whatever came in."""
    rows = list(TallyCounter.objects.filter(campaign=campaign).order_by("township_code"))
    names = {
        code: (name, name_en)
        for code, name, name_en in Region.objects.filter(
            code__in=[row.township_code for row in rows if row.township_code]
        ).values_list("code", "name", "name_en")
    }
    places = tuple(
        _place(row, *names.get(row.township_code, ("", "")), campaign.currency) for row in rows
    )
    return Board(
        slug=campaign.slug,
        currency=campaign.currency,
        target=campaign.target,
        cash=Money(sum(row.cash_minor for row in rows), campaign.currency),
        matched=Money(sum(row.matched_minor for row in rows), campaign.currency),
        goods=Money(sum(row.goods_minor for row in rows), campaign.currency),
        gifts=sum(row.gifts for row in rows),
        # A donor to two townships is one donor: the row of '' counts the campaign's.
        donors=next((row.donors for row in rows if not row.township_code), 0),
        places=places,
        latest=latest_gifts(campaign),
        as_of=max((row.updated_at for row in rows), default=campaign.starts_at),
    )


def _place(row: TallyCounter, name: str, name_en: str, currency: str) -> BoardPlace:
    return BoardPlace(
        code=row.township_code,
        name=name,
        name_en=name_en,
        cash=Money(row.cash_minor, currency),
        matched=Money(row.matched_minor, currency),
        goods=Money(row.goods_minor, currency),
        gifts=row.gifts,
        donors=row.donors,
    )


def latest_gifts(campaign: Campaign) -> tuple[LatestGift, ...]:
    """Return the newest collected gifts of a campaign, without who gave them."""
    rows = (
        Donation.objects.filter(campaign=campaign, status=DonationStatus.COLLECTED)
        .order_by("-collected_at")
        .only(
            "is_anonymous",
            "display_name",
            "amount_minor",
            "matched_minor",
            "currency",
            "collected_at",
            "created_at",
        )
    )
    return tuple(
        LatestGift(
            name="" if row.is_anonymous else masked_name(row.display_name),
            amount=row.amount,
            matched=row.matched,
            at=row.collected_at or row.created_at,
        )
        for row in rows[:LATEST]
    )


def masked_name(name: str) -> str:
    """Return a name as the public sees it: 张** for 张小明, A** for Alice, '' for none."""
    stripped = name.strip()
    return f"{stripped[0]}**" if stripped else ""


def board_data(campaign: Campaign) -> dict[str, object]:
    """Return the board as ``board.json`` gives it: minor units, names in both languages."""
    shown = board(campaign)
    return {
        "campaign": shown.slug,
        "currency": shown.currency,
        "as_of": shown.as_of.isoformat(timespec="milliseconds"),
        "target_minor": shown.target.minor,
        "cash_minor": shown.cash.minor,
        "matched_minor": shown.matched.minor,
        "goods_minor": shown.goods.minor,
        "gifts": shown.gifts,
        "donors": shown.donors,
        "townships": {
            place.code: {
                "name": {"zh-hans": place.name, "en": place.name_en or place.name},
                "cash_minor": place.cash.minor,
                "matched_minor": place.matched.minor,
                "goods_minor": place.goods.minor,
                "gifts": place.gifts,
                "donors": place.donors,
            }
            for place in shown.townships
        },
        # A null name is a giver who wished to stay unnamed.
        "latest": [
            {
                "name": gift.name or None,
                "amount_minor": gift.amount.minor,
                "matched_minor": gift.matched.minor,
                "at": gift.at.isoformat(timespec="seconds"),
            }
            for gift in shown.latest
        ],
    }


@dataclass(frozen=True, slots=True)
class BoardAnswer:
    """``board.json`` ready to send; equal figures have equal tags."""

    body: bytes
    etag: str


def board_answer(slug: str) -> BoardAnswer | None:
    """Return ``board.json`` of a campaign, at most a second old; None where there is none."""
    held = cache.get(_cache_key(slug))
    if held is not None:
        return BoardAnswer(*held)
    campaign = Campaign.objects.filter(slug=slug).first()
    if campaign is None:
        return None
    answer = _answer(campaign)
    # Added, not set: newer figures that a fold put there meanwhile stay.
    cache.add(_cache_key(slug), (answer.body, answer.etag), CACHE_SECONDS)
    return answer


def board_refresh(campaign_id: int) -> None:
    """Put the board's new figures in the cache, so that readers need not wait for it to age."""
    campaign = Campaign.objects.get(pk=campaign_id)
    answer = _answer(campaign)
    cache.set(_cache_key(campaign.slug), (answer.body, answer.etag), CACHE_SECONDS)


def _answer(campaign: Campaign) -> BoardAnswer:
    body = json.dumps(board_data(campaign), ensure_ascii=False, separators=(",", ":")).encode()
    return BoardAnswer(body, f'"{hashlib.sha256(body).hexdigest()[:32]}"')


def _cache_key(slug: str) -> str:
    return f"board:{slug}"
