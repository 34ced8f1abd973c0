"""How many gift forms one address or one donor may send in ten minutes."""

from django.conf import settings
from django.http import HttpRequest

from core.limits import beyond_limit, client_address

WINDOW_SECONDS = 600


def too_many_gifts(request: HttpRequest, email: str) -> bool:
    """Count this attempt; return whether it is beyond what is taken."""
    counted = [
        (f"address {client_address(request)}", settings.GIFTS_PER_ADDRESS),
        (f"donor {email.casefold().strip()}", settings.GIFTS_PER_DONOR),
    ]
    beyond = [
        beyond_limit("gifts", who, limit=limit, seconds=WINDOW_SECONDS)
        for who, limit in counted
        if limit
    ]
    return any(beyond)
