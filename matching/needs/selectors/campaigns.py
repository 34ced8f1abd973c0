"""Campaigns as the public may know them: all of them."""

from django.db.models import QuerySet

from matching.models import Campaign


def campaigns_known() -> QuerySet[Campaign]:
    """Return every campaign with the charity that answers for it."""
    return Campaign.objects.select_related("project__charity")


def campaign_by_slug(slug: str) -> Campaign | None:
    """Return one of them."""
    return campaigns_known().filter(slug=slug).first()
