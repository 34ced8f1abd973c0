"""Addresses for where no request is: messages, documents, QR codes."""

from django.conf import settings
from django.urls import reverse


def absolute(view: str, *args: str) -> str:
    """Return the whole address of a named page, in the language that is active."""
    return f"{settings.PUBLIC_BASE_URL}{reverse(view, args=args)}"
