"""The desks of this room."""

from django.utils.translation import gettext_lazy as _

from core.desks import Desk

DESKS = [
    # A partner's own desk comes before the one it shares with the county.
    Desk(_("帮扶单位"), "partner"),
    Desk(_("结对办理"), "pairings_desk"),
]
