"""The public API under ``/api/v1/``: read-only, open to anyone, documented without the net."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.openapi.docs import Swagger
from ninja.throttling import SimpleRateThrottle

from core.api import Problem
from core.limits import client_address
from donations.api import router as donations_router
from search.api import router as search_router

RATE = "300/m"


class AddressThrottle(SimpleRateThrottle):
    """So many requests a minute from one address; beyond that 429 with Retry-After."""

    def get_cache_key(self, request: HttpRequest) -> str:
        """Count by the address our own proxy saw."""
        return f"api-rate:{client_address(request)}"


api = NinjaAPI(
    title="爱心 Aixin",
    version="1",
    description=(
        "Needs, campaigns, boards and the ledger, read-only. Amounts are integers in minor "
        "units of their currency. Nothing here tells who gave or who received."
    ),
    docs=Swagger(settings={"docExpansion": "list"}),
    docs_url="/docs",
    openapi_url="/openapi.json",
    urls_namespace="api-v1",
    throttle=[AddressThrottle(RATE)],
)
api.add_router("", donations_router)
api.add_router("", search_router)


@api.exception_handler(ValidationError)
def what_was_wrong(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say which field was wrong and why, in the same shape as every other problem."""
    told = [f"{_field(each['loc'])}: {each['msg']}" for each in error.errors]
    return api.create_response(request, Problem(detail="; ".join(told)), status=422)


def _field(place: Sequence[str | int]) -> str:
    """Return the field's name; within a list the place ends with a number."""
    return [part for part in place if isinstance(part, str)][-1]
