"""The desk of this room."""

from django.utils.translation import gettext_lazy as _

from core.desks import Desk
from matching.states import Role

DESKS = [
    Desk(
        _("内容后台"),
        "wagtailadmin_home",
        roles=frozenset({Role.EDITOR}),
        why="Wagtail guards it by group; whoever holds the role is enrolled in one.",
    ),
]
