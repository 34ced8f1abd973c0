"""The database holds the rule of two people for agreements as for money."""

from django.db import migrations, models
from django.db.models import F, Q


def two_people(name: str, over_undecided: Q | None = None) -> list[models.CheckConstraint]:
    """Return the rule as it stood when this migration was written."""
    waiting, undecided = Q(status="proposed"), Q(decided_by__isnull=True)
    on_record = (waiting & undecided) | (~waiting & ~undecided)
    if over_undecided is not None:
        on_record |= over_undecided & ~waiting
    conditions = {
        "two_people": undecided | ~Q(decided_by=F("proposed_by")),
        "decided_together": Q(decided_by__isnull=True, decided_at__isnull=True)
        | Q(decided_by__isnull=False, decided_at__isnull=False),
        "decided_on_record": on_record,
        "refused_with_reason": ~Q(status="refused") | ~Q(refusal_reason=""),
    }
    return [
        models.CheckConstraint(name=f"{name}_{rule}", condition=condition)
        for rule, condition in conditions.items()
    ]


class Migration(migrations.Migration):
    dependencies = [("matching", "0009_agreement_decision_times")]

    operations = [
        *(
            migrations.AddConstraint("pairingagreement", constraint)
            for constraint in two_people("agreement", Q(status="ended"))
        ),
        migrations.AddConstraint(
            "pairingagreement",
            models.CheckConstraint(
                name="agreement_active_is_signed",
                condition=~Q(status__in=["active", "completed"]) | Q(signed_on__isnull=False),
            ),
        ),
    ]
