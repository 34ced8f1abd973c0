"""Regions as search offers them: the chosen one, what lies above, what may be chosen below."""

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Max, Min

from matching.models import Region
from matching.registry.divisions import ancestor_prefixes
from matching.states import Level
from search.models import NeedText

ROOT_SECONDS = 300
ROOT_KEY = "search-root-region"


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a search looks. ``trail`` runs from the province to the chosen region."""

    chosen: Region | None
    trail: tuple[Region, ...]
    children: tuple[Region, ...]

    @property
    def child_codes(self) -> tuple[str, ...]:
        """Codes to count, one level down."""
        return tuple(child.code for child in self.children)


def region_by_code(code: str) -> Region | None:
    """Return the region of a 12-digit code, township at the finest, joined upwards."""
    if len(code) != 12 or not (code.isascii() and code.isdigit()):
        return None
    regions = Region.objects.exclude(level=Level.VILLAGE)
    return regions.select_related("parent__parent__parent").filter(code=code).first()


def scope_of(chosen: Region | None) -> Scope:
    """Return what may be chosen from here.

    With nothing chosen it begins at the lowest region that holds every need, so that a
    site of one county offers its townships right away.
    """
    start = chosen.pk if chosen else _root_id()
    children = Region.objects.filter(parent=start).exclude(level=Level.VILLAGE)
    return Scope(chosen, trail_of(chosen), tuple(children.order_by("code")))


def trail_of(region: Region | None) -> tuple[Region, ...]:
    """Return the region and all above it, outermost first."""
    trail: list[Region] = []
    while region is not None:
        trail.insert(0, region)
        region = region.parent
    return tuple(trail)


def _root_id() -> int | None:
    held = cache.get(ROOT_KEY)
    if held is None:
        held = (_common_region(),)
        cache.set(ROOT_KEY, held, ROOT_SECONDS)
    return held[0]


def _common_region() -> int | None:
    rows = NeedText.objects.visible()
    codes = rows.aggregate(first=Min("township_code"), last=Max("township_code"))
    if not codes["first"]:
        return None
    prefixes = [set(ancestor_prefixes(code)) for code in codes.values()]
    shared = [prefix.ljust(12, "0") for prefix in prefixes[0] & prefixes[1] if len(prefix) < 9]
    regions = Region.objects.filter(code__in=shared).order_by("-code")
    return regions.values_list("pk", flat=True).first()
