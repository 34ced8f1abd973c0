"""Is the process alive, and can it serve?"""

import logging

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from core import clock
from core.models import Outbox

logger = logging.getLogger(__name__)


def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 while the process runs; touches nothing else."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers, else 503; name what is degraded.

    Cache and search are derived: without them the site serves, and says ``degraded``.
    """
    checks: dict[str, str] = {}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        waiting = Outbox.objects.filter(done_at__isnull=True, dead_at__isnull=True)
        oldest = waiting.order_by("created_at").values_list("created_at", flat=True).first()
        checks["database"] = "ok"
        lag = int((clock.now() - oldest).total_seconds()) if oldest else 0
        checks["outbox_lag_seconds"] = str(lag)
    except DatabaseError:
        logger.exception("readyz: the database does not answer")
        return JsonResponse({"status": "unavailable", "checks": {"database": "down"}}, status=503)
    try:
        cache.set("readyz", "1", 5)
        checks["cache"] = "ok" if cache.get("readyz") == "1" else "down"
    except Exception:  # noqa: BLE001 each cache client has errors of its own
        checks["cache"] = "down"
    checks["search"] = "elasticsearch" if settings.ELASTICSEARCH_URL else "database"
    degraded = "down" in checks.values()
    return JsonResponse({"status": "degraded" if degraded else "ok", "checks": checks})
