"""What pages and blocks are supplied with from the database: needs, campaigns, figures.

Reads no model of cms, so that blocks may use it.
"""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet

from core import clock
from donations.tallies.selectors import Board, board
from matching.models import Campaign, Consent, Need
from matching.models.needs import NeedQuerySet
from matching.states import ConsentScope

# A card's own columns. A story's body is long and a page shows two dozen cards.
CARD_FIELDS = (
    *("code", "household_id", "category", "title", "title_en", "currency", "status"),
    *("target_minor", "committed_minor", "collected_minor", "verified_at", "published_at"),
    *("campaign_id", "village__region__level", "village__region__code"),
    *("village__region__name", "village__region__name_en", "village__region__parent__level"),
    *("village__region__parent__code", "village__region__parent__name"),
    *("village__region__parent__name_en", "story__live", "story__cover__title"),
    *("story__cover__file", "story__cover__alt_zh", "story__cover__alt_en"),
    # What Wagtail reads of a picture to find its rendition: left out, each is a query.
    *(f"story__cover__{name}" for name in ("width", "height", "file_hash")),
    *(f"story__cover__focal_point_{name}" for name in ("x", "y", "width", "height")),
)


def needs_with_story(needs: NeedQuerySet) -> QuerySet[Need]:
    """Join public needs with what a card shows: place, charity, story, its cover and consent."""
    consents = Consent.objects.in_force(ConsentScope.PUBLISH_STORY)
    return (
        needs.for_cards()
        .select_related("story__cover")
        .prefetch_related("story__cover__renditions")
        .annotate(story_consented=Exists(consents.filter(household=OuterRef("household"))))
    )


def need_with_story(pk: int) -> Need:
    """Return any need so joined, public or not; the caller has decided who sees it.

    Raises:
        Need.DoesNotExist: there is none.
    """
    return needs_with_story(Need.objects.filter(pk=pk)).get()


def public_need(code: str) -> Need | None:
    """Return a public need with all that its own page reads; None where there is none."""
    needs = needs_with_story(Need.objects.public()).select_related("household", "campaign")
    return needs.filter(code=code).first()


def needs_for_cards(needs: NeedQuerySet) -> QuerySet[Need]:
    """Read what ``cards.need_card`` shows and no more; another field costs a query."""
    read = needs_with_story(needs).select_related(None)
    return read.select_related("village__region__parent", "story__cover").only(*CARD_FIELDS)


def newest_open_needs(
    *, category: str = "", campaign: Campaign | None = None, limit: int = 6
) -> list[Need]:
    """Return the newest needs that take gifts, of one category or campaign if given."""
    needs = Need.objects.open()
    if category:
        needs = needs.filter(category=category)
    if campaign:
        needs = needs.filter(campaign=campaign)
    return list(needs_for_cards(needs).order_by("-published_at", "-pk")[:limit])


def public_needs_of(pks: Sequence[int], *, for_cards: bool = False) -> list[Need]:
    """Return those of the needs that are public now, in the order given."""
    read = needs_for_cards if for_cards else needs_with_story
    found = read(Need.objects.public()).in_bulk(pks)
    return [found[pk] for pk in pks if pk in found]


def current_campaign() -> Campaign | None:
    """Return the campaign in progress that opened last, else the one that ended last."""
    campaigns = Campaign.objects.select_related("project__charity", "region")
    now = clock.now()
    return (
        campaigns.open_at(now).order_by("-starts_at").first()
        or campaigns.filter(ends_at__lte=now).order_by("-ends_at").first()
    )


def campaign_board(campaign: Campaign | None = None) -> tuple[Campaign | None, Board | None]:
    """Return a campaign and its figures, the current one by default; None, None without any."""
    campaign = campaign or current_campaign()
    return (campaign, board(campaign)) if campaign else (None, None)
