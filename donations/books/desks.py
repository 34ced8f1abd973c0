"""What this room offers those who audit."""

from django.utils.translation import gettext_lazy as _

from core.desks import Desk
from matching.states import Role

DESKS = [
    Desk(
        _("公开账"),
        "ledger",
        roles=frozenset({Role.AUDITOR}),
        why="The ledger is public; auditors work in it, so it is at their hand.",
    ),
]
