"""Uploaded pictures."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

from cms.pictures.withheld import is_withheld

# A consent withdrawn reaches every reader within a minute: rule 8 (docs/rules.md).
CACHE_SECONDS = 60


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a public picture; one whose consent is gone only to editors, who must replace it."""
    withheld = is_withheld(path)
    if withheld and not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Cache-Control"] = "private, no-store" if withheld else f"max-age={CACHE_SECONDS}"
    return response
