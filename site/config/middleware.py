"""Browser policies: a strict one, Wagtail's needs for ``/admin/``, and the payment pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from donations.provider.gateways import payment_pages

ADMIN_PATHS = ("/admin/", "/django-admin/")


class AdminContentPolicyMiddleware:
    """Let the back office run its inline scripts and styles; nobody else may."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(ADMIN_PATHS):
            inline = ["'self'", "'unsafe-inline'"]
            response._csp_replace = {  # type: ignore[attr-defined]
                "script-src": inline,
                "style-src": inline,
                "img-src": ["'self'", "data:", "blob:"],
                "frame-ancestors": ["'self'"],
                "frame-src": ["'self'"],
            }
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        elif getattr(request, "is_preview", False):
            # A draft as readers would see it, in a frame of the editor's form: Wagtail renders
            # it through this middleware as a request to the page's own address.
            response._csp_replace = {"frame-ancestors": ["'self'"]}  # type: ignore[attr-defined]
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response


class PaymentPagesPolicyMiddleware:
    """Let forms lead on to the payment pages of the providers.

    Chromium applies form-action to the redirect after the gift form too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response._csp_update = {"form-action": payment_pages()}  # type: ignore[attr-defined]
        return response
