"""The database holds the rule of two people in the same words for every table."""

from django.db import migrations, models
from django.db.models import F, Q

PROPOSALS = (
    ("disbursement", "disbursement", None),
    ("instalment", "instalment", None),
    ("goodsgift", "goods", None),
    ("eventsettlement", "settlement", Q(kind="explained")),
)


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
    dependencies = [("donations", "0013_goods_one_decider")]

    operations = [
        *(
            migrations.AddConstraint(model, constraint)
            for model, name, over_undecided in PROPOSALS
            for constraint in two_people(name, over_undecided)
        ),
        migrations.AddConstraint(
            "disbursement",
            models.CheckConstraint(
                name="disbursement_paid_has_bank_line",
                condition=~Q(status="confirmed") | ~Q(bank_reference=""),
            ),
        ),
        migrations.AddConstraint(
            "disbursement",
            models.UniqueConstraint(
                name="disbursement_bank_line_once",
                fields=["bank_reference"],
                condition=Q(status="confirmed"),
            ),
        ),
        migrations.AddConstraint(
            "eventsettlement",
            models.CheckConstraint(
                name="settlement_explained_moves_nothing",
                condition=Q(kind="explained", amount_minor=0)
                | ~Q(kind="explained") & Q(amount_minor__gt=0),
            ),
        ),
    ]
