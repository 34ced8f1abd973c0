"""When something was proposed, and one state table for all that takes two people."""

from django.db import migrations, models

import core.clock

PROPOSALS = ("disbursement", "instalment", "goodsgift", "eventsettlement")


def status(confirmed: str) -> models.CharField:
    """Return the status field with its word for «confirmed»."""
    choices = [("proposed", "待复核"), ("confirmed", confirmed), ("refused", "已驳回")]
    return models.CharField(choices=choices, default="proposed", max_length=10)


class Migration(migrations.Migration):
    dependencies = [("donations", "0010_proposals_named")]

    operations = [
        *(
            migrations.AddField(model, "proposed_at", models.DateTimeField(default=core.clock.now))
            for model in PROPOSALS
        ),
        migrations.AddField("goodsgift", "status", status("已入账")),
        migrations.AlterField("disbursement", "status", status("已拨付")),
        migrations.AlterField("eventsettlement", "status", status("已办结")),
        migrations.AlterField("instalment", "status", status("已到账")),
    ]
