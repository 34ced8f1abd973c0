"""How many gift forms one address or one donor may send in ten minutes."""

import hashlib
import ipaddress

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

WINDOW_SECONDS = 600


def too_many_gifts(request: HttpRequest, email: str) -> bool:
    """Count this attempt; return whether it is beyond what is taken.

    Counters live in the cache, under digests: losing them only forgives.
    """
    counted = [
        (f"address {client_address(request)}", settings.GIFTS_PER_ADDRESS),
        (f"donor {email.casefold().strip()}", settings.GIFTS_PER_DONOR),
    ]
    beyond = [_beyond(who, limit) for who, limit in counted if limit]
    return any(beyond)


def client_address(request: HttpRequest) -> str:
    """Return the caller's address; behind our own proxy, the one the proxy saw."""
    peer = request.META.get("REMOTE_ADDR", "")
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return forwarded if forwarded and _is_proxy(peer) else peer


def _is_proxy(peer: str) -> bool:
    try:
        return not peer or ipaddress.ip_address(peer).is_private
    except ValueError:
        return False


def _beyond(who: str, limit: int) -> bool:
    key = f"gifts:{hashlib.sha256(who.encode()).hexdigest()}"
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return cache.incr(key) > limit
    except ValueError:  # it ended between the two calls
        return False
