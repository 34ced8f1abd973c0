"""What must be true of the whole house: asked by ``manage.py check`` and by the tests."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from core import desks


@register(Tags.urls)
def desks_have_pages(**_options: Any) -> list[CheckMessage]:
    """Return an error for every desk without a page, or that nobody may open."""
    return [Error(fault, id="core.E001") for fault in desks.faults()]
