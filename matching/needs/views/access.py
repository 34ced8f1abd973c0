"""Finding what a person may see, and turning refusals into pages."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from matching.models import Need
from matching.needs.selectors.desk import needs_in_reach


def need_or_404(request: HttpRequest, code: str) -> Need:
    """Return a need of the person's regions; others do not exist for them."""
    return get_object_or_404(needs_in_reach(request.user), code=code)
