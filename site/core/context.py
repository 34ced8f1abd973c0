"""What every page needs to know."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from core.desks import desks_of


def site_context(request: HttpRequest) -> dict[str, object]:
    """Return the demo banner switch, the style guide switch and the public address."""
    return {
        "demo_banner": settings.DEMO_BANNER,
        "styleguide": settings.STYLEGUIDE,
        "public_base_url": settings.PUBLIC_BASE_URL,
        "currency": settings.CURRENCY,
    }


def role_links(request: HttpRequest) -> dict[str, object]:
    """Return the desks of whoever is signed in; asked of the database only when shown."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"role_links": SimpleLazyObject(lambda: desks_of(user))}
