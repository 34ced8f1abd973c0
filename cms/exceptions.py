"""Refusals of editorial work."""

from django.core.exceptions import PermissionDenied

from core.exceptions import RefusedError


class StoryRefusedError(RefusedError, PermissionDenied):
    """A story may not be published. Also a ``PermissionDenied``: on a road of Wagtail that
    does not know our refusals it becomes a polite 403 and never a 500.
    """

    status_code = 403
