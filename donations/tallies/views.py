"""The campaign board's figures for machines and for the page that polls them."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from donations.tallies.selectors import CACHE_SECONDS, board_answer


@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """Give ``board.json``, at most a second old; 304 while nothing changed."""
    answer = board_answer(slug)
    if answer is None:
        return JsonResponse({"detail": "no such campaign"}, status=404)
    response = HttpResponse(answer.body, content_type="application/json")
    response["ETag"] = answer.etag
    response["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
    return get_conditional_response(request, etag=answer.etag, response=response) or response
