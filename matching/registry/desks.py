"""The desk of this room."""

from django.utils.translation import gettext_lazy as _

from core.desks import Desk

DESKS = [Desk(_("农户"), "desk_households")]
