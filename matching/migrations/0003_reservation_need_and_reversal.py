"""Reservations know whose room they took, the gift they answer and what was given back."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("matching", "0002_events_append_only")]

    operations = [
        migrations.AddField(
            model_name="matchreservation",
            name="need",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="matching.need",
            ),
        ),
        migrations.AddField(
            model_name="matchreservation",
            name="gift_minor",
            field=models.PositiveBigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="matchreservation",
            name="reversed_minor",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name="matchreservation",
            constraint=models.CheckConstraint(
                name="reservation_reversed_within_captured",
                condition=Q(reversed_minor=0)
                | Q(state="captured", reversed_minor__lte=F("amount_minor")),
            ),
        ),
    ]
