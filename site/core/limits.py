"""How often one address may send something to a public form."""

import hashlib
import ipaddress

from django.core.cache import cache
from django.http import HttpRequest


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


def beyond_limit(name: str, who: str, *, limit: int, seconds: int) -> bool:
    """Count one more of ``name`` by ``who``; return whether it is beyond the limit.

    Counters live in the cache, under digests: no address is kept, and losing them only
    forgives.
    """
    key = f"{name}:{hashlib.sha256(who.encode()).hexdigest()}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) > limit
    except ValueError:  # it ended between the two calls
        return False
