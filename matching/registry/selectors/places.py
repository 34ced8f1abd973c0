"""Where things lie in the administrative tree."""

from django.db.models import QuerySet

from matching.models import Region, Village
from matching.registry.divisions import CODE_LENGTH, ancestor_prefixes
from matching.registry.selectors.roles import within


def ancestor_codes(code: str) -> list[str]:
    """Return the 12-digit codes of every division that holds ``code``, itself included."""
    return [prefix.ljust(CODE_LENGTH, "0") for prefix in ancestor_prefixes(code)]


def village_by_code(code: str) -> Village | None:
    """Return the village with this division code, joined with its township."""
    return Village.objects.select_related("region__parent").filter(region__code=code).first()


def villages_within(regions: list[Region]) -> QuerySet[Village]:
    """Return the villages in any of the regions, joined with their township."""
    reach = within(regions, "region__code")
    return Village.objects.filter(reach).select_related("region__parent").order_by("region__code")
