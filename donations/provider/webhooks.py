"""Where payment providers tell us that something happened."""

import logging

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from donations.exceptions import BadSignatureError
from donations.provider.gateways import named, registered
from donations.provider.services.inbox import event_store

logger = logging.getLogger(__name__)


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, provider: str) -> HttpResponse:
    """Verify, store, queue, answer. Anything slower belongs in the task.

    404 says that we have no such provider; 400 that the call was not the provider's own, or
    of the other mode (test or live); 200 that we hold the event, new or not. Any failure is
    a 500: it is delivered again.
    """
    if provider not in registered():
        return HttpResponse(status=404)
    gateway = named(provider)
    try:
        event = gateway.parse_event(request.body, request.headers)
    except BadSignatureError:
        logger.warning("a webhook call without a valid signature")
        return HttpResponse(status=400)
    if event.livemode != gateway.livemode:
        logger.warning("webhook event %s is of the other mode", event.id)
        return HttpResponse(status=400)
    event_store(provider=provider, event=event)
    return HttpResponse(status=200)
