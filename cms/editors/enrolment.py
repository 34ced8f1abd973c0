"""Who edits: membership of the admin's groups."""

from django.contrib.auth.models import Group
from django.db import transaction

from core import audit
from core.accounts.models import User

EDITORS = "编辑"
CHIEFS = "主编"


@transaction.atomic
def editor_enrol(*, user: User, chief: bool = False) -> None:
    """Let a person into the admin as editor, or as chief editor who approves and publishes.

    Safe twice. The right to publish a need is the role ``editor`` in
    ``matching.RoleAssignment``, given apart from this; a chief needs both.
    """
    group = Group.objects.get(name=CHIEFS if chief else EDITORS)
    if user.groups.filter(pk=group.pk).exists():
        return
    user.groups.add(group)
    audit.record(
        actor=None,
        action="cms.editor_enrol",
        object_label="accounts.user",
        object_ref=str(user.pk),
        group="chief" if chief else "editor",
    )
