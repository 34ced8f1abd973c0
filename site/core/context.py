"""What every page needs to know."""

from django.conf import settings
from django.http import HttpRequest


def site_context(request: HttpRequest) -> dict[str, object]:
    """Return the demo banner switch, the style guide switch and the public address."""
    return {
        "demo_banner": settings.DEMO_BANNER,
        "styleguide": settings.STYLEGUIDE,
        "public_base_url": settings.PUBLIC_BASE_URL,
        "currency": settings.CURRENCY,
    }
