"""Writing the audit trail."""

from core.accounts.models import User
from core.models import AuditEvent


def record(
    *, actor: User | None, action: str, object_label: str, object_ref: str, **detail: int | str
) -> AuditEvent:
    """Append one line to the audit trail. ``detail`` holds codes, never personal data."""
    return AuditEvent.objects.create(
        actor=actor,
        action=action,
        object_label=object_label,
        object_ref=object_ref,
        detail=detail,
    )
